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
#include "model/course.h"
#include "model/event.h"
#include "model/experiment.h"
#include "model/metric.h"

struct pc_loop;
struct pc_engine;

struct pc_engine_spec {
    struct pc_loop *loop;  /* NULL when no job will be started */
    const char *workspace; /* --workspace, or NULL */
};

/* Find the course and read it.  What `spec` points to must outlive the engine. */
struct pc_engine *pc_engine_create(const struct pc_engine_spec *spec, struct pc_err *err);

/* All jobs must have ended or been cancelled. */
void pc_engine_free(struct pc_engine *engine);

/* Build with this compiler (--cc) instead of the one that is found; before the first job.
 * The text stays the caller's. */
void pc_engine_use_compiler(struct pc_engine *engine, const char *cc);

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

/* Put the starter back; the file that was there is kept for undo. */
bool pc_engine_reset(struct pc_engine *engine, const struct pc_exercise *exercise,
                     bool *changed, struct pc_err *err);
bool pc_engine_undo(struct pc_engine *engine, const struct pc_exercise *exercise,
                    struct pc_err *err);

/* Which kernel. */
enum pc_use { PC_USE_LEARNERS, PC_USE_STARTER, PC_USE_REFERENCE, PC_USE_FILE };

struct pc_check_spec {
    const struct pc_exercise *exercise;
    enum pc_use use;
    const char *file;  /* for PC_USE_FILE */
    uint64_t seed;     /* of inputs and layouts */
    int64_t budget_ms; /* of the timing part */
    bool quick;        /* no timing */
};

struct pc_check;

/* Begin a check; `event` is called from the loop, last with PC_EVENT_VERDICT, after which
 * the check frees itself.  Failures of the environment are verdicts too (PC_ENVIRONMENT).
 * NULL only when the kernel or the limits cannot be read. */
struct pc_check *pc_check_start(struct pc_engine *engine, const struct pc_check_spec *spec,
                                void (*event)(void *ctx, const struct pc_event *event),
                                void *ctx, struct pc_err *err);

/* Stop and free it; no event follows.  Only before the verdict, and not from inside `event`:
 * pc_loop_later() is for that. */
void pc_check_cancel(struct pc_check *check);

/* Build the plain bench program of a kernel and run it with arguments of libperfbench's
 * main (NULL-terminated, without the program's name). */
struct pc_bench_spec_run {
    const struct pc_exercise *exercise;
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

/* A page of a topic, Markdown as it was written; the caller owns it. */
char *pc_engine_page(const struct pc_engine *engine, const struct pc_topic *topic,
                     const struct pc_page *page, struct pc_err *err);

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

/* What this machine is like, for doctor. */
struct pc_health {
    const char *compiler; /* "/usr/bin/gcc", NULL when there is none */
    const char *version;
    const char *trouble; /* why something is missing, or NULL */
    bool sanitizers;
    bool proven;         /* the planted faults were caught */
    int restarts;        /* of the A/A measurement; 0 when it was not possible */
    double noise_median; /* |ratio - 1| of two identical kernels */
    double noise_p90;
    double busy; /* processors busy with other work meanwhile */
};
struct pc_health_job;
struct pc_health_job *pc_health_start(struct pc_engine *engine, int64_t budget_ms,
                                      void (*done)(void *ctx,
                                                   const struct pc_health *health),
                                      void *ctx, struct pc_err *err);
void pc_health_cancel(struct pc_health_job *job);

#endif
