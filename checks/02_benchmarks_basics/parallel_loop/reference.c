#include "parallel_loop.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { SHARES = 16, SHARE_MAX = 1000, LINE = 128 };

struct pb {
    _Alignas(LINE) _Atomic uint64_t taken; /* in a cache line of its own */
    _Alignas(LINE) uint64_t n;
    uint64_t share; /* taken at once */
};

struct pb *pb_create(uint64_t n, unsigned threads)
{
    struct pb *pb = aligned_alloc(LINE, sizeof *pb);
    if (!pb)
        return NULL;
    uint64_t share = n / SHARES / threads;
    share = share > SHARE_MAX ? SHARE_MAX : share > 0 ? share : 1;
    atomic_init(&pb->taken, 0);
    pb->n = n;
    pb->share = share;
    return pb;
}

void pb_free(struct pb *pb)
{
    free(pb);
}

/* Whoever finds nothing left does not move the counter on, so that it never wraps. */
static bool take_share(struct pb *pb, struct pb_own *own)
{
    if (atomic_load_explicit(&pb->taken, memory_order_relaxed) >= pb->n)
        return false;
    uint64_t from = atomic_fetch_add_explicit(&pb->taken, pb->share, memory_order_relaxed);
    if (from >= pb->n)
        return false;
    own->next = from;
    own->end = pb->n - from > pb->share ? from + pb->share : pb->n;
    return true;
}

bool pb_next(struct pb *pb, struct pb_own *own, uint64_t *i)
{
    if (own->next == own->end && !take_share(pb, own))
        return false;
    *i = own->next++;
    return true;
}
