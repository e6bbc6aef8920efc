/*
 * The engine: the only place that combines the parts.  Intents in, events out.
 *
 * A check is a job in the loop: build -> test -> count -> time -> judge.  It judges the
 * text that it read when it began.  Every job can be cancelled at any point; nothing of it
 * is left then.
 */
#ifndef PC_ENGINE_ENGINE_H
#define PC_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/words.h"
#include "model/attempt.h"
#include "model/course.h"
#include "model/event.h"
#include "model/experiment.h"
#include "model/health.h"
#include "model/metric.h"

struct pc_loop;
struct pc_engine;

struct pc_engine_spec {
    struct pc_loop *loop;  /* NULL when no job will be started */
    const char *workspace; /* --workspace, or NULL */
    const char *pack;      /* the folder of a pack to read instead of the course, or NULL */
    bool may_be_empty;     /* it is fine that the pack has no topic yet */
};

/* Find the course, or the pack, and read it.  What `spec` points to must outlive the engine. */
struct pc_engine *pc_engine_create(const struct pc_engine_spec *spec, struct pc_err *err);

/* All jobs must have ended or been cancelled. */
void pc_engine_free(struct pc_engine *engine);

/* Build with this compiler (--cc) instead of the one that is found; before the first job.
 * The text stays the caller's. */
void pc_engine_use_compiler(struct pc_engine *engine, const char *cc);

/* Whether there is such a compiler; nobody is asked what it can do. */
bool pc_engine_has_compiler(const char *cc);

const struct pc_course *pc_engine_course(const struct pc_engine *engine);

/* Messages about topics that could not be read and are left out; ended by NULL, or NULL. */
char *const *pc_engine_broken_topics(const struct pc_engine *engine);

/* The limits of an exercise; the caller frees them (pc_limits_fini). */
bool pc_engine_limits(const struct pc_engine *engine, const struct pc_exercise *exercise,
                      struct pc_limits *limits, struct pc_err *err);

/* The folder of the learner's files, found at the first call; `*made` tells that there was
 * none and ~/perfcourse was made. */
const char *pc_engine_workspace(struct pc_engine *engine, bool *made, struct pc_err *err);

/* Make a workspace in `dir` with the files of all exercises; what exists stays.  Gives its
 * absolute path, and how many files were written. */
const char *pc_engine_init(struct pc_engine *engine, const char *dir, size_t *files,
                           struct pc_err *err);

/* The learner's kernel; the caller owns the path.  Like all of the following it needs the
 * workspace to be found already. */
char *pc_engine_kernel(const struct pc_engine *engine, const struct pc_exercise *exercise);
bool pc_engine_edited(const struct pc_engine *engine, const struct pc_exercise *exercise,
                      bool *edited, struct pc_err *err);

/* The words of the command that opens a file in the learner's editor, at a line (0: anywhere)
 * where the editor is known to take one: $VISUAL or $EDITOR, which may hold arguments, or
 * vi.  To be run as they are. */
void pc_engine_editor(const char *file, int line, struct pc_words *argv);

/* Put the starter back; the file that was there is kept for undo. */
bool pc_engine_reset(struct pc_engine *engine, const struct pc_exercise *exercise,
                     bool *changed, struct pc_err *err);
bool pc_engine_undo(struct pc_engine *engine, const struct pc_exercise *exercise,
                    struct pc_err *err);

/* Put another text, such as an earlier attempt, in place of the kernel; as for reset. */
bool pc_engine_replace(struct pc_engine *engine, const struct pc_exercise *exercise,
                       const char *text, size_t n, bool *changed, struct pc_err *err);

/* Add a new topic ("11_bits_and_masks") or exercise ("07/count_ones") to the course's
 * folder, from templates that are complete and pass their own check.  The paths of the
 * files, below that folder, are appended to `made` also on failure.  PC_USAGE when the name
 * is not possible or taken.  The engine's own course stays as it was. */
bool pc_engine_scaffold(struct pc_engine *engine, const char *what, struct pc_words *made,
                        struct pc_err *err);

/* Which kernel. */
enum pc_use { PC_USE_LEARNERS, PC_USE_STARTER, PC_USE_REFERENCE, PC_USE_FILE };

/* The text of a kernel, NUL-terminated, its length in `*n`; the learner's is made from the
 * starter when it is missing.  `file` is for PC_USE_FILE.  The caller owns it. */
char *pc_engine_source(struct pc_engine *engine, const struct pc_exercise *exercise,
                       enum pc_use use, const char *file, size_t *n, struct pc_err *err);

/* The lines in which two texts differ, as `diff -u` of diffutils writes them; "" when there
 * are none.  `done` is called once, from the loop; then the job frees itself. */
struct pc_diff_side {
    const char *name; /* in the first two lines */
    const char *text;
    size_t n;
};
struct pc_diff_spec {
    struct pc_diff_side from, to;
    int context; /* lines shown around each change */
};
struct pc_diff;
struct pc_diff *pc_diff_start(struct pc_engine *engine, const struct pc_diff_spec *spec,
                              void (*done)(void *ctx, const char *text,
                                           const struct pc_err *trouble),
                              void *ctx, struct pc_err *err);
void pc_diff_cancel(struct pc_diff *diff);

struct pc_check_spec {
    const struct pc_exercise *exercise;
    enum pc_use use;
    const char *file;        /* for PC_USE_FILE */
    uint64_t seed;           /* of inputs and layouts */
    int64_t budget_ms;       /* of the timing part */
    bool quick;              /* no timing */
    uint32_t least_restarts; /* of the timing, also when the answer is certain earlier */
    /* Called from the loop when all but the timing is done, if there is any to do and this
     * is not NULL; the check then waits for pc_check_go_on(). */
    void (*held)(void *ctx);
};

struct pc_check;

/* Begin a check; `event` is called from the loop, last with PC_EVENT_VERDICT, after which
 * the check frees itself.  Failures of the environment are verdicts too (PC_ENVIRONMENT).
 * NULL only when the kernel or the limits cannot be read. */
struct pc_check *pc_check_start(struct pc_engine *engine, const struct pc_check_spec *spec,
                                void (*event)(void *ctx, const struct pc_event *event),
                                void *ctx, struct pc_err *err);

/* Stop and free it; no event follows.  Only before the verdict, and not from inside
 * `event`: pc_loop_later() is for that. */
void pc_check_cancel(struct pc_check *check);

/* Progress.  Verdicts on the learner's own kernel are kept when they happen.  The store is
 * opened at the first of these calls; one that cannot be read shows nothing, one that
 * cannot be written keeps nothing, and neither fails anything else: ask for the note. */

/* One line for the user about the store (damaged, read-only, full), once; the caller owns
 * it.  NULL when there is nothing new to say. */
char *pc_engine_progress_note(struct pc_engine *engine);

struct pc_status pc_engine_status(struct pc_engine *engine,
                                  const struct pc_exercise *exercise);

/* The latest attempts, newest first, at most `most` (0: all); the caller frees them. */
struct pc_attempts pc_engine_history(struct pc_engine *engine,
                                     const struct pc_exercise *exercise, size_t most);

/* The best pass; false when there is none. */
bool pc_engine_best(struct pc_engine *engine, const struct pc_exercise *exercise,
                    struct pc_attempt *best);

/* The kernel of an earlier attempt; NULL with the reason.  The caller owns it. */
char *pc_engine_snapshot(struct pc_engine *engine, const struct pc_attempt *attempt,
                         size_t *n, struct pc_err *err);

/* Remember that a hint of this level, from 1, or the reference was shown. */
void pc_engine_hint_used(struct pc_engine *engine, const struct pc_exercise *exercise,
                         int level);
void pc_engine_revealed(struct pc_engine *engine, const struct pc_exercise *exercise);

/* Remember an answer.  `question` and `page` are names that the lesson gives, such as
 * "07/growth"; of several answers the first counts. */
void pc_engine_predicted(struct pc_engine *engine, const char *question, const char *answer,
                         bool right);
bool pc_engine_prediction(struct pc_engine *engine, const char *question,
                          struct pc_prediction *prediction);

/* Keep an answer to a card; one that has no time yet gets the present one.  Kept again with
 * the same time it takes the place of what was kept before. */
void pc_engine_answered(struct pc_engine *engine, struct pc_card_answer *answer);

/* The latest answer to each card of a topic, in the order of the cards; its `when` is 0 where
 * there is none.  The caller frees them. */
struct pc_card_answers pc_engine_card_answers(struct pc_engine *engine,
                                              const struct pc_topic *topic);
struct pc_card_status pc_engine_card_status(struct pc_engine *engine,
                                            const struct pc_topic *topic);

void pc_engine_page_read(struct pc_engine *engine, const char *page);
bool pc_engine_page_was_read(struct pc_engine *engine, const char *page);

/* Small values by name; the caller owns the text, "" when it was never set. */
char *pc_engine_setting(struct pc_engine *engine, const char *key);
void pc_engine_set(struct pc_engine *engine, const char *key, const char *value);

/* All of the progress as text, and back (docs/progress.md).  These fail when the store
 * does: PC_ENVIRONMENT, or PC_USAGE for a text that is wrong, of which nothing is taken
 * then. */
char *pc_engine_export(struct pc_engine *engine, size_t *n, struct pc_err *err);
bool pc_engine_import(struct pc_engine *engine, const char *text, size_t n,
                      struct pc_import *added, struct pc_err *err);

/* Time what was held back; once. */
void pc_check_go_on(struct pc_check *check);

/* The hash of the text that a check judges, as its events carry it. */
const char *pc_check_content(const struct pc_check *check);

/*
 * Following: a check of a kernel after each save.
 *
 * The latest save always wins: it cancels the check that runs, of whichever kernel, and no
 * verdict about an older content is told after it.  A file that is written without being
 * changed is not checked again.
 */
struct pc_follow_spec {
    const struct pc_exercise *const *exercises;
    size_t n;
    int64_t budget_ms;
    bool quick;
    bool poll;       /* look once a second instead of being notified */
    bool only_asked; /* saves start nothing: pc_follow_check() does */
};
struct pc_follow_ops {
    void (*event)(void *ctx, const struct pc_event *event);
    /* A check could not begin: the kernel or the limits cannot be read. */
    void (*trouble)(void *ctx, const struct pc_exercise *exercise,
                    const struct pc_err *err);
};
struct pc_follow;
struct pc_follow *pc_follow_start(struct pc_engine *engine,
                                  const struct pc_follow_spec *spec,
                                  const struct pc_follow_ops *ops, void *ctx,
                                  struct pc_err *err);

/* Follow one more kernel; fine when it is followed already. */
bool pc_follow_add(struct pc_follow *follow, const struct pc_exercise *exercise,
                   struct pc_err *err);

/* Check a followed kernel now, changed or not; `quick` leaves the timing out. */
void pc_follow_check(struct pc_follow *follow, const struct pc_exercise *exercise,
                     bool quick);

/* Check a followed kernel now, with another budget for the timing. */
void pc_follow_measure_on(struct pc_follow *follow, const struct pc_exercise *exercise,
                          int64_t budget_ms);

/* Cancel the check that runs; false when there is none.  Following goes on. */
bool pc_follow_cancel(struct pc_follow *follow);

/* The exercise that is being checked, or NULL; and how long its timing may take. */
const struct pc_exercise *pc_follow_running(const struct pc_follow *follow);
int64_t pc_follow_budget(const struct pc_follow *follow);

/* Stop and free; not from inside its callbacks. */
void pc_follow_stop(struct pc_follow *follow);

/* Build the plain bench program of a kernel and run it with arguments of libperfbench's
 * main (NULL-terminated, without the program's name).  Without an exercise it is the program
 * of a C file that holds its benches itself, and finds the headers of its folder. */
struct pc_bench_spec_run {
    const struct pc_exercise *exercise; /* NULL: `file` is a program of its own */
    enum pc_use use;
    const char *file;
    const char *const *args;
    bool counting; /* `args` hold --benchmem */
};
struct pc_bench_ops {
    void (*data)(void *ctx, bool is_stderr, const char *data, size_t n);
    /* The exit code of the program, and one line when there is something to say. */
    void (*done)(void *ctx, enum pc_code code, const char *text);
};
struct pc_bench_run;
struct pc_bench_run *pc_bench_start(struct pc_engine *engine,
                                    const struct pc_bench_spec_run *spec,
                                    const struct pc_bench_ops *ops, void *ctx,
                                    struct pc_err *err);
void pc_bench_cancel(struct pc_bench_run *run);

/* Measure a kernel without judging it: how its time grows with the size, or what can be
 * counted. */
struct pc_measure_spec {
    const struct pc_exercise *exercise;
    enum pc_use use;
    const char *file;
    bool growth, metrics; /* one or both */
    size_t from, to;      /* sizes for growth; 0: as limits.lua has them */
    uint64_t seed;
    int64_t budget_ms; /* of growth */
};
/* What was found; a part that was not asked for, or could not be had, is NULL. */
struct pc_measurements {
    const struct pc_growth *growth;
    const struct pc_counts *counts;
    size_t count_at; /* the size that `counts` is about */
};
struct pc_measure_ops {
    void (*growing)(void *ctx, const struct pc_growth *growth); /* after each round */
    /* The last call.  One line when the code is not PC_PASSED, else NULL. */
    void (*done)(void *ctx, enum pc_code code, const char *text,
                 const struct pc_measurements *measured);
};
struct pc_measure_run;
struct pc_measure_run *pc_measure_start(struct pc_engine *engine,
                                        const struct pc_measure_spec *spec,
                                        const struct pc_measure_ops *ops, void *ctx,
                                        struct pc_err *err);
void pc_measure_cancel(struct pc_measure_run *run);

/* A page of a topic, Markdown as it was written; the caller owns it. */
char *pc_engine_page(const struct pc_engine *engine, const struct pc_topic *topic,
                     const struct pc_page *page, struct pc_err *err);

/* The same as text for somebody who reads lines, at most `width` columns wide (0: as wide
 * as prose should be); `plain` draws nothing. */
char *pc_engine_page_text(const struct pc_engine *engine, const struct pc_topic *topic,
                          const struct pc_page *page, size_t width, bool plain,
                          struct pc_err *err);

/* Run an experiment of a lesson.  `event` is called from the loop, never from inside the
 * calls below; the last one is PC_EXPERIMENT_DONE, after which the experiment frees itself.
 * NULL only when the lesson cannot be read. */
struct pc_experiment_spec {
    const struct pc_topic *topic;
    const struct pc_experiment *experiment;
    uint64_t seed;
    int64_t budget_ms; /* the most that one measurement may take; 0: what the script says */
};
struct pc_experiment_ops {
    void (*event)(void *ctx, const struct pc_experiment_event *event);
};
struct pc_experiment_run;
struct pc_experiment_run *pc_experiment_start(struct pc_engine *engine,
                                              const struct pc_experiment_spec *spec,
                                              const struct pc_experiment_ops *ops,
                                              void *ctx, struct pc_err *err);

/* What the learner predicts, after PC_EXPERIMENT_PREDICT: a choice from 1, or 0 for none.
 * May be called from the event itself. */
void pc_experiment_answer(struct pc_experiment_run *run, size_t choice);

/* Stop and free it, from an event too; no event follows.  Only before DONE. */
void pc_experiment_cancel(struct pc_experiment_run *run);

/* What this machine is like, for doctor; what takes long takes `budget_ms` and a little
 * more. */
struct pc_health_job;
struct pc_health_job *pc_health_start(struct pc_engine *engine, int64_t budget_ms,
                                      void (*done)(void *ctx,
                                                   const struct pc_health *health),
                                      void *ctx, struct pc_err *err);
void pc_health_cancel(struct pc_health_job *job);

#endif
