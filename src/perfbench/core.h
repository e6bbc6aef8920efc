/*
 * What every host of benches needs, so that the program of libperfbench and the hosts of
 * perfcourse behave alike: random numbers, digests, metrics, latencies, guarded memory,
 * failures.  Not installed.
 *
 * A host embeds `struct bench_core`, calls bench_core_init() with a table of its own that
 * starts as a copy of bench_core_table, and replaces what it does itself (at least `next`).
 */
#ifndef PERFBENCH_CORE_H
#define PERFBENCH_CORE_H

#include "perfbench/pacer.h"
#include "perfbench/perfbench.h"

enum { BENCH_METRICS_MAX = 16, BENCH_FAILURE_MAX = 2048 };

struct bench_metric {
    char unit[32];
    double value;
};

struct bench_guard; /* a guarded block */

struct bench_core {
    struct bench b; /* b.state points to this struct */
    uint64_t seed, rng[4];
    /* The pool of inputs, pool_n 0 without one. */
    size_t pool_n;
    void (*pool_make)(struct bench *b, void *arg, size_t k);
    void *pool_arg;
    uint64_t digest;
    uint64_t bytes; /* of bench_set_bytes */
    struct bench_metric metrics[BENCH_METRICS_MAX];
    unsigned n_metrics;
    struct bench_guard *guards;
    void *latencies; /* histogram, made by bench_pace or at the first bench_latency */
    struct bench_pacer pacer;
    /* Timer of the running batch.  `elapsed` counts finished stretches. */
    bool timing;
    uint64_t started, elapsed; /* ns */
    unsigned failures;
    char failure[BENCH_FAILURE_MAX]; /* the first one: "file:line: text" */
    void *owner;                     /* the host's own */
};

/* Every function but next, run, run_parallel, thread_next and allocs_per_run, which fail
 * the bench with "not supported by this host" (next ends the loop). */
extern const struct bench_host bench_core_table;

void bench_core_init(struct bench_core *core, const struct bench_host *table, uint64_t seed,
                     size_t size);

/* Make the inputs of iterations first .. first+n-1 anew: those of number `set`, the same in
 * every process with the same seed.  Nothing without a pool. */
void bench_core_renew(struct bench_core *core, uint64_t set, uint64_t first, uint64_t n);

/* Free guarded blocks and the histogram. */
void bench_core_fini(struct bench_core *core);

static inline struct bench_core *bench_core_of(struct bench *b)
{
    return (struct bench_core *)b->state;
}

/* Start and read the timer of a batch; reading stops it. */
void bench_core_timer_begin(struct bench_core *core);
uint64_t bench_core_timer_end(struct bench_core *core);

/* Add p50-ns, p90-ns, p99-ns, p99.9-ns, max-ns to the metrics when latencies were recorded. */
void bench_core_latency_metrics(struct bench_core *core);

/* Make room for latencies, so that recording the first one need not; false, and the bench
 * has failed, when there is none. */
bool bench_core_latency_prepare(struct bench_core *core);

/* Forget the latencies recorded so far, as at the start of a batch. */
void bench_core_latency_clear(struct bench_core *core);

uint64_t bench_core_now(void); /* CLOCK_MONOTONIC, ns */

#endif
