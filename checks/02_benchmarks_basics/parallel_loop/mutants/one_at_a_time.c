#include "parallel_loop.h"

#include <stdatomic.h>
#include <stdlib.h>

struct pb {
    _Atomic uint64_t taken;
    uint64_t n, share;
};

static uint64_t share_of(uint64_t n, unsigned threads)
{
    uint64_t share = n / 16 / threads;
    return share > 1000 ? 1000 : share > 0 ? share : 1;
}

struct pb *pb_create(uint64_t n, unsigned threads)
{
    struct pb *pb = malloc(sizeof *pb);
    if (pb) {
        atomic_init(&pb->taken, 0);
        pb->n = n;
        pb->share = share_of(n, threads);
    }
    return pb;
}

void pb_free(struct pb *pb)
{
    free(pb);
}

/* No lock, and yet all threads meet at one counter for each iteration. */
bool pb_next(struct pb *pb, struct pb_own *own, uint64_t *i)
{
    (void)own;
    if (atomic_load_explicit(&pb->taken, memory_order_relaxed) >= pb->n)
        return false;
    *i = atomic_fetch_add_explicit(&pb->taken, 1, memory_order_relaxed);
    return *i < pb->n;
}
