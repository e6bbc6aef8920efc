#include "judge/judge.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/decision.h"
#include "stats/growth.h"
#include "stats/order.h"

static const double alpha = 0.001, level = 0.95;

static_assert((int)PC_GROWTH_POINTS >= (int)PC_GROWTH_SIZES, "every size is a point");

struct round {
    double exponent, times[PC_GROWTH_SIZES];
};

struct pc_growth_judge {
    struct pc_growth_limit limit;
    double sizes[PC_GROWTH_SIZES];
    struct pc_sequential test; /* of k against max, as ln of e^k against e^max */
    struct round *items;
    size_t n, cap;
};

struct pc_growth_judge *pc_growth_judge_create(const struct pc_growth_limit *limit)
{
    struct pc_growth_judge *judge = pc_alloc(sizeof *judge);
    judge->limit = *limit;
    for (size_t i = 0; i < limit->n; i++)
        judge->sizes[i] = (double)limit->sizes[i];
    if (!isnan(limit->max))
        pc_sequential_init(&judge->test, exp(limit->max), alpha);
    return judge;
}

void pc_growth_judge_free(struct pc_growth_judge *judge)
{
    if (judge)
        free(judge->items);
    free(judge);
}

static enum pc_decision decision(const struct pc_growth_judge *judge)
{
    return pc_decision_of(judge->test.side, PC_SIDE_BELOW);
}

enum pc_decision pc_growth_judge_add(struct pc_growth_judge *judge, const double *times)
{
    size_t n = judge->limit.n;
    double exponent = pc_growth_exponent(judge->sizes, times, n);
    if (isnan(exponent))
        return decision(judge);
    struct round *round = PC_PUSH(judge);
    round->exponent = exponent;
    memcpy(round->times, times, n * sizeof *times);
    if (!isnan(judge->limit.max))
        pc_sequential_add(&judge->test, exponent);
    return decision(judge);
}

static double median_time(const struct pc_growth_judge *judge, size_t size, double *scratch)
{
    for (size_t i = 0; i < judge->n; i++)
        scratch[i] = judge->items[i].times[size];
    return pc_median(scratch, judge->n);
}

void pc_growth_judge_summary(const struct pc_growth_judge *judge, bool out_of_time,
                             struct pc_growth *growth)
{
    size_t n = judge->n;
    growth->measured = n > 0;
    growth->rounds = (uint32_t)n;
    growth->decision = decision(judge);
    if (growth->decision == PC_GOES_ON && out_of_time)
        growth->decision = PC_DECIDED_UNSURE;

    PC_AUTO(pc_auto_free) double *values = pc_alloc_array(n, sizeof *values);
    double times[PC_GROWTH_SIZES];
    growth->n = judge->limit.n;
    for (size_t i = 0; i < growth->n; i++) {
        times[i] = median_time(judge, i, values);
        growth->points[i].size = judge->limit.sizes[i];
        growth->points[i].ns = times[i];
    }
    growth->law = n > 0 ? pc_growth_law(judge->sizes, times, growth->n) : "";

    for (size_t i = 0; i < n; i++)
        values[i] = judge->items[i].exponent;
    growth->exponent = pc_median(values, n);
    /* The median has left the values sorted. */
    struct pc_interval interval = pc_median_interval(values, n, level);
    growth->low = interval.low;
    growth->high = interval.high;
}
