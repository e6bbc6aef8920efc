#include <perfbench.h>

#include "tally.h"

/* What an operation adds depends on its number alone, whoever runs it. */
static uint64_t value_of(uint64_t number)
{
    return number * 0x9e3779b97f4a7c15 >> 60;
}

/* The sum depends on how many operations have run, which differs between two kernels; what
 * one operation adds to it does not. */
static void add_all(struct bench_thread *t, void *arg)
{
    struct tally *tally = arg;
    uint64_t before = 0;
    while (bench_thread_loop(t)) {
        if (t->b->digesting)
            before = tally_total(tally);
        tally_add(tally, t->index, value_of(t->i));
        uint64_t added = t->b->digesting ? tally_total(tally) - before : 0;
        bench_digest(t->b, &added, sizeof added);
    }
}

BENCH(tally)
{
    struct tally *tally = tally_create();
    bench_run_parallel(b, add_all, tally);
    tally_free(tally);
}
