#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/decision.h"
#include "judge/judge.h"
#include "stats/order.h"

static const double alpha = 0.001, level = 0.95;

/* What disturbs both sides brings their quantiles together, so that a good kernel looks like
 * the starter; then restarts differ by factors.  No limit is missed on such a machine. */
static const double most_uneven = 2.5;

struct pc_tail_judge {
    struct pc_tail_limit limit;
    struct pc_sequential tests[PC_QUANTILES]; /* of starter's by kernel's quantile */
    struct pc_restart *items;                 /* those that count */
    size_t n, cap;
};

static bool is_judged(const struct pc_tail_judge *judge, size_t quantile)
{
    return !isnan(judge->limit.bounds[quantile].max_ratio);
}

struct pc_tail_judge *pc_tail_judge_create(const struct pc_tail_limit *limit)
{
    struct pc_tail_judge *judge = pc_alloc(sizeof *judge);
    judge->limit = *limit;
    for (size_t i = 0; i < PC_QUANTILES; i++)
        if (is_judged(judge, i))
            pc_sequential_init_signs(&judge->tests[i], 1 / limit->bounds[i].max_ratio,
                                     alpha);
    return judge;
}

void pc_tail_judge_free(struct pc_tail_judge *judge)
{
    if (judge)
        free(judge->items);
    free(judge);
}

static enum pc_decision decision(const struct pc_tail_judge *judge, size_t quantile)
{
    return pc_decision_of(judge->tests[quantile].side, PC_SIDE_ABOVE);
}

static bool is_usable(const struct pc_latencies *l, uint64_t ops)
{
    bool usable = l->ops >= ops;
    for (size_t i = 0; i < PC_QUANTILES; i++)
        usable = usable && l->quantiles[i] > 0 && isfinite(l->quantiles[i]);
    return usable;
}

enum pc_decision pc_tail_judge_add(struct pc_tail_judge *judge,
                                   const struct pc_restart *restart)
{
    uint64_t ops = pc_tail_ops(&judge->limit);
    if (is_usable(&restart->base, ops) && is_usable(&restart->candidate, ops)) {
        *PC_PUSH(judge) = *restart;
        for (size_t i = 0; i < PC_QUANTILES; i++)
            if (is_judged(judge, i))
                pc_sequential_add(&judge->tests[i],
                                  log(restart->base.quantiles[i]) -
                                      log(restart->candidate.quantiles[i]));
    }
    bool missed = false;
    for (size_t i = 0; i < PC_QUANTILES; i++) {
        if (is_judged(judge, i) && decision(judge, i) == PC_GOES_ON)
            return PC_GOES_ON;
        missed = missed || decision(judge, i) == PC_DECIDED_FAIL;
    }
    return missed ? PC_DECIDED_FAIL : PC_DECIDED_PASS;
}

static void summarise(const struct pc_tail_judge *judge, size_t quantile, double *values,
                      struct pc_tail *tail)
{
    size_t n = judge->n;
    for (size_t i = 0; i < n; i++)
        values[i] = judge->items[i].base.quantiles[quantile];
    tail->base_ns = pc_median(values, n);
    for (size_t i = 0; i < n; i++)
        values[i] = judge->items[i].candidate.quantiles[quantile];
    tail->candidate_ns = pc_median(values, n);
    for (size_t i = 0; i < n; i++)
        values[i] = judge->items[i].candidate.quantiles[quantile] /
                    judge->items[i].base.quantiles[quantile];
    tail->ratio = pc_median(values, n);
    struct pc_interval interval = pc_median_interval(values, n, level);
    tail->low = interval.low;
    tail->high = interval.high;
}

void pc_tail_judge_summary(const struct pc_tail_judge *judge, bool out_of_time,
                           struct pc_tails *tails)
{
    tails->measured = judge->n > 0;
    tails->restarts = (uint32_t)judge->n;
    PC_AUTO(pc_auto_free) double *values = pc_alloc_array(judge->n, sizeof *values);
    for (size_t i = 0; i < PC_QUANTILES; i++) {
        struct pc_tail *tail = &tails->quantiles[i];
        summarise(judge, i, values, tail);
        tail->decision = is_judged(judge, i) ? decision(judge, i) : PC_GOES_ON;
        bool uneven =
            tail->decision == PC_DECIDED_FAIL && tail->high > most_uneven * tail->low;
        bool open = is_judged(judge, i) && tail->decision == PC_GOES_ON && out_of_time;
        if (open || uneven)
            tail->decision = PC_DECIDED_UNSURE;
    }
}
