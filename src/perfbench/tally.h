/*
 * The counting pass of --benchmem, seen from inside.
 *
 * A bench program that shall count starts itself again with the counter preloaded
 * (pass.h).  That process runs one entry, reads the counter around each batch, and sends
 * lines back over a pipe:
 *
 *     bench NAME OPS ALLOCS BYTES      totals of one batch
 *     run MEAN                         one bench_allocs_per_run()
 *     done                             the pass came to its end
 */
#ifndef PERFBENCH_TALLY_H
#define PERFBENCH_TALLY_H

#include "perfbench/run.h"

/* What to count arrives in this variable: descriptor, entry, size, threads, seed. */
#define BENCH_TALLY_ENV "PERFBENCH_TALLY"

/* Exit codes of a pass that could not even start. */
enum { BENCH_TALLY_NO_COUNTER = 97, BENCH_TALLY_BAD_ORDER = 98 };

struct bench_tally {
    int fd;
    size_t entry, size;
    unsigned cpu;
    uint64_t seed;
    void (*read)(struct perfbench_counts *counts);
};

/* Whether this process was started as a counting pass.  Exits when it cannot be one. */
bool bench_tally_init(struct bench_tally *tally);

/* Run what was ordered; gives the exit status. */
int bench_tally_run(struct bench_program *program);

/* How many operations the next batch has: few uncounted ones, then as many as take a
 * moment, a number that many others divide, so that fractions come out even. */
uint64_t bench_tally_plan(struct bench_run *run);

/* Count from here on, and up to here. */
void bench_tally_resume(struct bench_run *run);
void bench_tally_pause(struct bench_run *run);

/* Send the mean of one bench_allocs_per_run(). */
void bench_tally_send_mean(const struct bench_tally *tally, double mean);

#endif
