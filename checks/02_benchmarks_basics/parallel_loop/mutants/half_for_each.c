#include "parallel_loop.h"

#include <stdatomic.h>
#include <stdlib.h>

struct pb {
    _Atomic unsigned arrived;
    uint64_t n;
    unsigned threads;
};

struct pb *pb_create(uint64_t n, unsigned threads)
{
    struct pb *pb = malloc(sizeof *pb);
    if (pb) {
        atomic_init(&pb->arrived, 0);
        pb->n = n;
        pb->threads = threads;
    }
    return pb;
}

void pb_free(struct pb *pb)
{
    free(pb);
}

/* Each thread gets its part at the beginning, the last one what is left.  Nobody helps
 * anybody. */
bool pb_next(struct pb *pb, struct pb_own *own, uint64_t *i)
{
    if (own->end == 0) {
        unsigned k = atomic_fetch_add(&pb->arrived, 1);
        uint64_t part = pb->n / pb->threads;
        if (k >= pb->threads)
            return false;
        own->next = k * part + 1;
        own->end = k == pb->threads - 1 ? pb->n + 1 : own->next + part;
    }
    if (own->next >= own->end)
        return false;
    *i = own->next++ - 1;
    return true;
}
