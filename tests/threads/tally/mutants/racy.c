/* Right sums, but threads write to one place without any order among them. */
#include "tally.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { SHARDS = 64, LINE = 128 };

/* A sum for each thread, none of them in the cache line of another. */
struct tally {
    struct {
        _Alignas(LINE) _Atomic uint64_t sum;
    } shards[SHARDS];
    size_t latest; /* nobody guards it */
};

struct tally *tally_create(void)
{
    struct tally *t = aligned_alloc(LINE, sizeof *t);
    if (t)
        t->latest = 0;
    for (size_t k = 0; t && k < SHARDS; k++)
        atomic_init(&t->shards[k].sum, 0);
    return t;
}

void tally_free(struct tally *t)
{
    free(t);
}

void tally_add(struct tally *t, size_t thread, uint64_t value)
{
    t->latest = thread;
    atomic_fetch_add_explicit(&t->shards[thread % SHARDS].sum, value, memory_order_relaxed);
}

uint64_t tally_total(const struct tally *t)
{
    uint64_t sum = 0;
    for (size_t k = 0; k < SHARDS; k++)
        sum += atomic_load_explicit(&t->shards[k].sum, memory_order_relaxed);
    return sum;
}
