/*
 * A histogram of latencies, exact below 128 ns and within 0.8 % above.
 *
 * Buckets are linear within each power of two, as in Gil Tene's HdrHistogram (2012): 64 of
 * them, so half a bucket is 1/128 of its value.  Memory is fixed, recording is a few
 * additions: neither can disturb what is measured.  Histograms of threads or of restarts
 * add up without loss.
 */
#ifndef PERFBENCH_LATENCY_H
#define PERFBENCH_LATENCY_H

#include <stdint.h>

enum {
    BENCH_LATENCY_BITS = 6,
    BENCH_LATENCY_SUB = 1 << BENCH_LATENCY_BITS, /* buckets of one power of two */
    BENCH_LATENCY_BUCKETS =
        2 * BENCH_LATENCY_SUB + (63 - BENCH_LATENCY_BITS) * BENCH_LATENCY_SUB
};

/* All zero is empty.  In the open so that it can be part of shared memory. */
struct bench_latencies {
    uint64_t count, min, max;
    uint64_t buckets[BENCH_LATENCY_BUCKETS];
};

/* Empty; NULL when there is no memory.  A mapping of its own, not from malloc, with its
 * pages. */
struct bench_latencies *bench_latencies_create(void);
void bench_latencies_free(struct bench_latencies *l);
void bench_latencies_clear(struct bench_latencies *l);

void bench_latencies_add(struct bench_latencies *l, uint64_t ns);

/* Add all of `from` to `into`. */
void bench_latencies_merge(struct bench_latencies *into,
                           const struct bench_latencies *from);

uint64_t bench_latencies_count(const struct bench_latencies *l);
uint64_t bench_latencies_max(const struct bench_latencies *l); /* exact */

/* The smallest latency that at least the share `q` of all do not exceed; 0 when empty. */
double bench_latencies_quantile(const struct bench_latencies *l, double q);

/* The sum of all, as near as the buckets tell. */
double bench_latencies_total(const struct bench_latencies *l);

#endif
