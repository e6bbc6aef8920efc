/*
 * What does it cost to take an iteration, when all threads do nothing else?  There are far
 * more of them than are ever run here.
 */
#include <perfbench.h>

#include "parallel_loop.h"

static void take_all(struct bench_thread *t, void *arg)
{
    struct pb_own own = {0};
    uint64_t i = 0;
    while (bench_thread_loop(t)) {
        bool more = pb_next(arg, &own, &i);
        bench_keep(i);
        bench_digest(t->b, &more, sizeof more);
    }
}

BENCH(parallel_loop)
{
    struct pb *pb = pb_create((uint64_t)1 << 44, 8);
    if (!bench_expect(b, pb, "pb_create() gave NULL"))
        return;
    bench_run_parallel(b, take_all, pb);
    pb_free(pb);
}
