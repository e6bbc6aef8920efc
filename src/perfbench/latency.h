/*
 * A histogram of latencies, exact below 128 ns and within 0.8 % above.
 *
 * Buckets are linear within each power of two, as in Gil Tene's HdrHistogram: 64 of them,
 * so half a bucket is 1/128 of its value.  Memory is fixed, recording is two additions:
 * neither can disturb what is measured.
 */
#ifndef PERFBENCH_LATENCY_H
#define PERFBENCH_LATENCY_H

#include <stdint.h>

struct bench_latencies;

/* Empty; NULL when there is no memory.  A mapping of its own, not from malloc. */
struct bench_latencies *bench_latencies_create(void);
void bench_latencies_free(struct bench_latencies *l);
void bench_latencies_clear(struct bench_latencies *l);

void bench_latencies_add(struct bench_latencies *l, uint64_t ns);

uint64_t bench_latencies_count(const struct bench_latencies *l);
uint64_t bench_latencies_max(const struct bench_latencies *l); /* exact */

/* The smallest latency that at least the share `q` of all do not exceed; 0 when empty. */
double bench_latencies_quantile(const struct bench_latencies *l, double q);

#endif
