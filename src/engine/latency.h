/*
 * Latencies of several processes as metrics.
 */
#ifndef PC_ENGINE_LATENCY_H
#define PC_ENGINE_LATENCY_H

#include "model/metric.h"
#include "model/tail.h"

/* "p50-ns" to "p99.9-ns" and "max-ns": as `mean` the median of the `n` processes, and their
 * 95 % interval as `min` and `max`.  n >= 1. */
void pc_latency_metrics(const struct pc_latencies *items, size_t n,
                        struct pc_metrics *metrics);

#endif
