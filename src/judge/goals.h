/*
 * Single limits: judged, and put into words.  Private to the judge.
 */
#ifndef PC_JUDGE_GOALS_H
#define PC_JUDGE_GOALS_H

#include "base/str.h"
#include "model/hotspot.h"
#include "model/metric.h"
#include "model/verdict.h"

/* Judge a limit on a metric.  A metric that was not reported is a FAIL whose value is NAN.
 * The sentence of the goal is the caller's. */
struct pc_goal pc_judge_metric(const struct pc_limit *limit,
                               const struct pc_counts *counts);

/* The same for the speed-up; a measurement that has not ended is UNSURE. */
struct pc_goal pc_judge_speedup(const struct pc_speed_limit *limit,
                                const struct pc_speed *speed);

struct pc_goal pc_judge_growth(const struct pc_growth_limit *limit,
                               const struct pc_growth *growth);

/* The same for one of pc_quantiles. */
struct pc_goal pc_judge_tail(const struct pc_tail_limit *limit, size_t quantile,
                             const struct pc_tails *tails);

/* The same for the name of the hotspot: right when nobody can tell it from the first.  The
 * value is its part of the starter's time in percent, the bound that of the greatest other
 * function; both are NAN as long as nothing was measured. */
struct pc_goal pc_judge_hotspot(const struct pc_hotspot *hotspot);

/* Add what a passed goal leaves to reach, as "allocs/op 1 for gold", to a list. */
void pc_judge_metric_beyond(const struct pc_limit *limit, const struct pc_goal *goal,
                            struct pc_str *list);
void pc_judge_speedup_beyond(const struct pc_speed_limit *limit, const struct pc_goal *goal,
                             struct pc_str *list);

void pc_judge_growth_beyond(const struct pc_growth_limit *limit, const struct pc_goal *goal,
                            struct pc_str *list);

void pc_judge_tail_beyond(const struct pc_tail_limit *limit, size_t quantile,
                          const struct pc_goal *goal, struct pc_str *list);

/* Where most of an allocation metric comes from; NULL when it is not known or `metric` is
 * not about allocations. */
const struct pc_place *pc_judge_busiest(const struct pc_counts *counts, const char *metric);

#endif
