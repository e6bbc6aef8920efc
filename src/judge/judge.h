/*
 * From limits and measurements to a verdict and the sentences the learner reads.
 *
 * Pure: no clock, no file, no output.  Everything it is given stays the caller's.
 */
#ifndef PC_JUDGE_JUDGE_H
#define PC_JUDGE_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/hotspot.h"
#include "model/metric.h"
#include "model/verdict.h"

/* Everything that was found; a stage that was not reached is NULL. */
struct pc_findings {
    const struct pc_build *build;
    const struct pc_tests *tests;
    const struct pc_counts *counts;
    const struct pc_speed *speed;
    const struct pc_growth *growth;
    const struct pc_tails *tails;
    const struct pc_hotspot *hotspot;
    bool speed_skipped; /* the user asked for no timing */
};

/* Judge `findings` against `limits`.  The first stage that went wrong decides the code; in
 * whatever was measured the limits are judged one by one.  Without a fault a missed limit
 * outranks a stage that is missing, and that outranks an unsure speed-up: nothing passes
 * unless all that the limits need was measured.  The verdict is the caller's:
 * pc_verdict_fini(). */
void pc_judge(const struct pc_limits *limits, const struct pc_findings *findings,
              struct pc_verdict *verdict);

/* Fewer pairs than this say too little for a restart to count. */
enum { PC_PAIRS_MIN = 5 };

/* The speed-up while restarts come in: feed each to the sequential test, stop when it is
 * decided.  The summary can be read at any time. */
struct pc_speed_judge;

/* `limit` must be set, with a bound above 0; it is copied. */
struct pc_speed_judge *pc_speed_judge_create(const struct pc_speed_limit *limit);

/* Restarts of fewer than PC_PAIRS_MIN pairs or with numbers that are not finite are not
 * counted.  GOES_ON, DECIDED_PASS or DECIDED_FAIL; once decided it stays so. */
enum pc_decision pc_speed_judge_add(struct pc_speed_judge *judge,
                                    const struct pc_restart *restart);

/* Fill measured (is there any restart that counts), decision, ratio, low, high, base_ns,
 * candidate_ns and restarts of `speed`; the rest is left alone.  `out_of_time` turns "goes
 * on" into unsure. */
void pc_speed_judge_summary(const struct pc_speed_judge *judge, bool out_of_time,
                            struct pc_speed *speed);

void pc_speed_judge_free(struct pc_speed_judge *judge);

/* Growth while rounds come in.  A round is one process for each size; its exponent goes to
 * the same sequential test as a restart's ratio. */
struct pc_growth_judge;

/* `limit` must be set, with at least three sizes; it is copied.  A `max` of NAN judges
 * nothing: it goes on for as long as it is asked. */
struct pc_growth_judge *pc_growth_judge_create(const struct pc_growth_limit *limit);

/* One operation took times[i] ns at the i-th size of the limit.  A round without an exponent
 * is not counted. */
enum pc_decision pc_growth_judge_add(struct pc_growth_judge *judge, const double *times);

/* Fill measured, decision, exponent, low, high, law, points and rounds of `growth`; the rest
 * is left alone.  `out_of_time` as above. */
void pc_growth_judge_summary(const struct pc_growth_judge *judge, bool out_of_time,
                             struct pc_growth *growth);

void pc_growth_judge_free(struct pc_growth_judge *judge);

/* Latencies while restarts come in.  Each quantile with a bound has a test of its own: of
 * the signs alone, because how far one restart's p99 lies from the next one's is not
 * known. */
struct pc_tail_judge;

/* `limit` is copied; without a bound nothing is decided. */
struct pc_tail_judge *pc_tail_judge_create(const struct pc_tail_limit *limit);

/* Restarts of too few operations, or with quantiles that are not above 0, are not counted.
 * GOES_ON as long as a quantile with a bound is not decided; then DECIDED_FAIL if any is
 * missed, else DECIDED_PASS. */
enum pc_decision pc_tail_judge_add(struct pc_tail_judge *judge,
                                   const struct pc_restart *restart);

/* As pc_speed_judge_summary(): measured, restarts and the quantiles. */
void pc_tail_judge_summary(const struct pc_tail_judge *judge, bool out_of_time,
                           struct pc_tails *tails);

void pc_tail_judge_free(struct pc_tail_judge *judge);

#endif
