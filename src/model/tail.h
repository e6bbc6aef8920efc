/*
 * Latencies of single operations: the quantiles that are told, and limits on them.
 */
#ifndef PC_MODEL_TAIL_H
#define PC_MODEL_TAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { PC_QUANTILES = 4 };

/* p50, p90, p99 and p99.9. */
struct pc_quantile_name {
    const char *name;
    double share; /* of operations that take no longer */
};
extern const struct pc_quantile_name pc_quantiles[PC_QUANTILES];

/* One side of one restart, ns. */
struct pc_latencies {
    double quantiles[PC_QUANTILES], max;
    uint64_t ops;
};

/* Bounds on quantiles, as a share of the starter's: which holds on any machine. */
struct pc_tail_limit {
    bool set;
    struct pc_tail_bound {
        double max_ratio, gold; /* NAN: none */
    } bounds[PC_QUANTILES];
    size_t at;      /* the size it is judged at; 0 when the bench has no sizes */
    char bench[64]; /* name of the bench, "" when there is only one */
};

/* How many operations of each side a restart needs, so that a few lie beyond the last
 * quantile that has a bound. */
uint64_t pc_tail_ops(const struct pc_tail_limit *limit);

enum { PC_TAIL_BEYOND = 5 };

#endif
