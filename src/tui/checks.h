/*
 * The checks of a session on the full screen.
 *
 * There is one at a time, whichever screen is shown: leaving the screen does not end it.  A
 * followed kernel is checked after each save, the latest save wins.  What the latest check
 * of each exercise found stays; a cancelled one leaves what was there before.
 */
#ifndef PC_TUI_CHECKS_H
#define PC_TUI_CHECKS_H

#include <stdbool.h>

#include "base/err.h"
#include "model/result.h"

/* The longest that a check measures times. */
enum { PC_CHECK_BUDGET_MS = 2000, PC_CAREFUL_BUDGET_MS = 10000 };

struct pc_checks;
struct pc_engine;

struct pc_checks_ops {
    /* After each event of a check of the learner's kernel, and after those of the reference
     * (`reference`); what it told is in the result already. */
    void (*event)(void *ctx, const struct pc_event *event, bool reference);
    /* A check could not begin. */
    void (*trouble)(void *ctx, const struct pc_exercise *exercise,
                    const struct pc_err *err);
};

/* `only_asked`: saves start no check. */
struct pc_checks *pc_checks_create(struct pc_engine *engine, bool only_asked,
                                   const struct pc_checks_ops *ops, void *ctx,
                                   struct pc_err *err);
void pc_checks_free(struct pc_checks *checks);

/* Check this kernel after each save from now on, as long as the session lasts. */
bool pc_checks_follow(struct pc_checks *checks, const struct pc_exercise *exercise,
                      struct pc_err *err);

/* Check a followed kernel now; `quick` leaves the timing out. */
void pc_checks_start(struct pc_checks *checks, const struct pc_exercise *exercise,
                     bool quick);

/* The same with the larger budget, for a verdict that is unsure. */
void pc_checks_measure_on(struct pc_checks *checks, const struct pc_exercise *exercise);

/* How long the check that runs may measure. */
int64_t pc_checks_budget(const struct pc_checks *checks);

/* Measure the course's solution, for a comparison, when nothing else runs; a check of a
 * kernel ends that. */
bool pc_checks_start_reference(struct pc_checks *checks, const struct pc_exercise *exercise,
                               struct pc_err *err);
bool pc_checks_is_measuring(const struct pc_checks *checks);

/* Cancel what runs; false when nothing does. */
bool pc_checks_cancel(struct pc_checks *checks);

/* The exercise whose kernel is being checked, or NULL; not that of a reference. */
const struct pc_exercise *pc_checks_running(const struct pc_checks *checks);

/* How far the check that runs has come; only while one runs. */
const struct pc_result *pc_checks_current(const struct pc_checks *checks);

/* What the latest complete check of an exercise in this session found, or NULL; and what
 * the latest measurement of its reference found. */
const struct pc_result *pc_checks_result(const struct pc_checks *checks,
                                         const struct pc_exercise *exercise);
const struct pc_result *pc_checks_reference(const struct pc_checks *checks,
                                            const struct pc_exercise *exercise);

/* The lines that `perfcourse check` prints about that latest check, "" without one. */
const char *pc_checks_report(const struct pc_checks *checks,
                             const struct pc_exercise *exercise);

#endif
