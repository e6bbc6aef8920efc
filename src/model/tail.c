#include "model/tail.h"

#include <math.h>

const struct pc_quantile_name pc_quantiles[PC_QUANTILES] = {
    {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}};

uint64_t pc_tail_ops(const struct pc_tail_limit *limit)
{
    double share = pc_quantiles[0].share;
    for (size_t i = 0; i < PC_QUANTILES; i++)
        if (!isnan(limit->bounds[i].max_ratio))
            share = pc_quantiles[i].share;
    return (uint64_t)ceil(PC_TAIL_BEYOND / (1 - share) - 1e-6);
}
