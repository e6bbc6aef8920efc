#include "judge/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/decision.h"
#include "stats/order.h"

static const double alpha = 0.001, level = 0.95;

struct pc_speed_judge {
    struct pc_sequential test;
    struct pc_restart *items; /* those that count */
    size_t n, cap;
};

struct pc_speed_judge *pc_speed_judge_create(const struct pc_speed_limit *limit)
{
    struct pc_speed_judge *judge = pc_alloc(sizeof *judge);
    /* Restarts of threads are too uneven for the bet on 10 %. */
    if (limit->cpus > 0)
        pc_sequential_init_signs(&judge->test, limit->min, alpha);
    else
        pc_sequential_init(&judge->test, limit->min, alpha);
    return judge;
}

void pc_speed_judge_free(struct pc_speed_judge *judge)
{
    if (judge)
        free(judge->items);
    free(judge);
}

static enum pc_decision decision(const struct pc_speed_judge *judge)
{
    return pc_decision_of(judge->test.side, PC_SIDE_ABOVE);
}

enum pc_decision pc_speed_judge_add(struct pc_speed_judge *judge,
                                    const struct pc_restart *restart)
{
    bool counts = restart->pairs >= PC_PAIRS_MIN && isfinite(restart->log_ratio) &&
                  isfinite(restart->base_ns) && isfinite(restart->candidate_ns);
    if (counts) {
        *PC_PUSH(judge) = *restart;
        pc_sequential_add(&judge->test, restart->log_ratio);
    }
    return decision(judge);
}

void pc_speed_judge_summary(const struct pc_speed_judge *judge, bool out_of_time,
                            struct pc_speed *speed)
{
    size_t n = judge->n;
    speed->measured = n > 0;
    speed->restarts = (uint32_t)n;
    speed->decision = decision(judge);
    if (speed->decision == PC_GOES_ON && out_of_time)
        speed->decision = PC_DECIDED_UNSURE;

    PC_AUTO(pc_auto_free) double *values = pc_alloc_array(n, sizeof *values);
    for (size_t i = 0; i < n; i++)
        values[i] = judge->items[i].base_ns;
    speed->base_ns = pc_median(values, n);
    for (size_t i = 0; i < n; i++)
        values[i] = judge->items[i].candidate_ns;
    speed->candidate_ns = pc_median(values, n);
    for (size_t i = 0; i < n; i++)
        values[i] = judge->items[i].log_ratio;
    speed->ratio = exp(pc_median(values, n));

    /* The median has left the values sorted. */
    struct pc_interval interval = pc_median_interval(values, n, level);
    speed->low = exp(interval.low);
    speed->high = exp(interval.high);
}
