#include "parallel_loop.h"

#include <stdatomic.h>
#include <stdlib.h>

/* The counter belongs to the file and not to the loop. */
struct pb {
    uint64_t n, share;
};

static _Atomic uint64_t taken;

struct pb *pb_create(uint64_t n, unsigned threads)
{
    struct pb *pb = malloc(sizeof *pb);
    uint64_t share = n / 16 / threads;
    atomic_store(&taken, 0);
    if (pb)
        *pb = (struct pb){n, share > 1000 ? 1000 : share > 0 ? share : 1};
    return pb;
}

void pb_free(struct pb *pb)
{
    free(pb);
}

bool pb_next(struct pb *pb, struct pb_own *own, uint64_t *i)
{
    if (own->next == own->end) {
        if (atomic_load(&taken) >= pb->n)
            return false;
        uint64_t from = atomic_fetch_add(&taken, pb->share);
        if (from >= pb->n)
            return false;
        own->next = from;
        own->end = pb->n - from > pb->share ? from + pb->share : pb->n;
    }
    *i = own->next++;
    return true;
}
