/*
 * Is the course itself fit to be learned from?
 *
 * A check that has never refused anything proves nothing, and a limit that our own solution
 * meets by a hair fails learners by luck.  So each exercise declares what must become of its
 * starter and its mutants, and here that is held against what became of them.  Pure: the
 * trials are the engine's.
 */
#ifndef PC_JUDGE_CERTIFY_H
#define PC_JUDGE_CERTIFY_H

#include "judge/judge.h"
#include "model/certificate.h"

/* A reference leaves this factor to each limit, and what is refused for its time misses the
 * limit by the other one: timings of another machine differ. */
#define PC_REFERENCE_MARGIN 1.5
#define PC_REFUSED_MARGIN 1.25

/* Hints are a way up in steps. */
enum { PC_HINTS_LEAST = 3 };

/* The texts of an exercise; those of the whole topic, its cards and pages. */
void pc_certify_exercise(const struct pc_exercise *exercise,
                         struct pc_certificate *certificate);
void pc_certify_topic(const struct pc_topic *topic, struct pc_certificate *certificate);

/* What limits.lua says, besides what reading it has checked: each limit is missed by the
 * starter or a mutant, and there is a mutant. */
void pc_certify_limits(const struct pc_exercise *exercise, const struct pc_limits *limits,
                       struct pc_certificate *certificate);

/* Note what a verdict on `findings` found, in place of what was there: reasons, margins. */
void pc_certify_note(struct pc_tried *tried, const struct pc_verdict *verdict,
                     const struct pc_findings *findings);

/* Whether measuring longer could change the answer: it is unsure, or a margin of the
 * speed-up is too small. */
bool pc_certify_is_doubtful(const struct pc_tried *tried);

/* Add what is wrong with a kernel: other reasons than declared, too small a margin.
 * `reason` is the verdict's. */
void pc_certify_tried(const struct pc_tried *tried, const char *reason,
                      struct pc_certificate *certificate);

/* A compiler's first warning about a kernel that must have none. */
void pc_certify_warnings(const struct pc_tried *tried, const struct pc_build *build,
                         struct pc_certificate *certificate);

/* Propose limits for an exercise from all that was tried of it:
 *
 *   a bound on the speed-up: the lower end of the slowest reference's interval, divided by
 *   PC_REFERENCE_MARGIN and rounded down to two digits; silver at 0.9 of the slowest
 *   reference, gold at 1.25 of the fastest;
 *   a bound on a metric: the worst reference times PC_REFERENCE_MARGIN, rounded up;
 *   a bound on the growth: the worst reference and log10(PC_REFERENCE_MARGIN), rounded up;
 *   nothing for a band, a metric with a min and a max.
 *
 * `nearest` tells whether the bound refuses what it must. */
void pc_certify_propose(const struct pc_exercise *exercise, const struct pc_limits *limits,
                        struct pc_certificate *certificate);

#endif
