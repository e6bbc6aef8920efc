/*
 * What one bench_loop() costs: an empty loop, timed by a host of its own that gives it
 * batches of 200 us and takes the median of many.
 */
#include <stdio.h>
#include <stdlib.h>

#include "perfbench/core.h"

enum { BATCHES = 501 };
static const uint64_t batch_ops = 500000;

struct samples {
    double ns[BATCHES];
    int n;
};

static bool next(struct bench *b)
{
    struct bench_core *core = bench_core_of(b);
    struct samples *samples = core->owner;
    uint64_t ns = bench_core_timer_end(core);
    if (b->end > 0)
        samples->ns[samples->n++] = (double)ns / (double)batch_ops;
    if (samples->n == BATCHES)
        return false;
    b->i = 0;
    b->end = batch_ops;
    bench_core_timer_begin(core);
    b->i++;
    return true;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    struct bench_host host = bench_core_table;
    struct bench_core core;
    struct samples samples = {.n = 0};
    host.next = next;
    bench_core_init(&core, &host, 1, 0);
    core.owner = &samples;
    while (bench_loop(&core.b))
        bench_keep(core.b.i);
    qsort(samples.ns, BATCHES, sizeof samples.ns[0], by_value);
    printf("bench_loop: %.2f ns/iteration\n", samples.ns[BATCHES / 2]);
    bench_core_fini(&core);
    return 0;
}
