#include "parallel_loop.h"

#include <stdatomic.h>
#include <stdlib.h>

struct pb {
    _Atomic uint64_t taken;
    uint64_t n;
};

struct pb *pb_create(uint64_t n, unsigned threads)
{
    struct pb *pb = malloc(sizeof *pb);
    (void)threads;
    if (pb) {
        atomic_init(&pb->taken, 0);
        pb->n = n;
    }
    return pb;
}

void pb_free(struct pb *pb)
{
    free(pb);
}

/* A thousand at a time, also when there are only a thousand. */
bool pb_next(struct pb *pb, struct pb_own *own, uint64_t *i)
{
    if (own->next == own->end) {
        if (atomic_load(&pb->taken) >= pb->n)
            return false;
        uint64_t from = atomic_fetch_add(&pb->taken, 1000);
        if (from >= pb->n)
            return false;
        own->next = from;
        own->end = pb->n - from > 1000 ? from + 1000 : pb->n;
    }
    *i = own->next++;
    return true;
}
