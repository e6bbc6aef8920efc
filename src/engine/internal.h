/*
 * Inside the engine: trials, and what must be ready before one can begin.
 */
#ifndef PC_ENGINE_INTERNAL_H
#define PC_ENGINE_INTERNAL_H

#include "base/hash.h"
#include "engine/engine.h"
#include "judge/judge.h"
#include "loop/loop.h"
#include "runner/runner.h"
#include "store/store.h"
#include "toolchain/toolchain.h"
#include "workspace/workspace.h"

struct pc_pack;
struct pc_waiter; /* a job that waits for the engine to be ready */

struct pc_engine {
    struct pc_engine_spec spec;
    const char *cc;
    char *home;           /* the folder of the installed course, which has what is ours */
    struct pc_pack *pack; /* NULL: the course is that one */
    struct pc_course course;
    char **broken;
    struct pc_workspace workspace; /* dir is NULL until it is found */
    /* Installed parts and places of the cache, found before the first job. */
    char *cache, *include_dir, *library, *libexec, *work_dir;
    struct pc_jail_job *jail; /* with PERFCOURSE_SANDBOX=strict, before all else */
    bool jail_suffices;
    struct pc_probe *probe;
    struct pc_toolchain *toolchain;
    struct pc_proof *proof;
    bool proven;
    struct pc_waiter *waiters;
    struct pc_store *store;       /* NULL until it is opened, and when it cannot be */
    bool store_tried, store_told; /* opened or not; whether the user knows of a failure */
    char *store_note;
};

/* A kernel as it was read, and the course's files that judge it. */
struct pc_source {
    char *path; /* where the kernel was read */
    char *text; /* what is judged, whatever happens to the file meanwhile */
    size_t len;
    char *name; /* "join_names.c" */
    char *header_dir, *starter_file, *bench_file, *test_file;
};

/* Read the kernel that `use` names; the learner's is made from the starter when it is
 * missing.  The source is the caller's: pc_source_fini(), also after a failure. */
bool pc_source_read(struct pc_engine *engine, const struct pc_exercise *exercise,
                    enum pc_use use, const char *file, struct pc_source *source,
                    struct pc_err *err);
void pc_source_fini(struct pc_source *source);

/* Who runs the Lua of the course that is open (script/lesson.h). */
const struct pc_evaluator *pc_engine_evaluator(const struct pc_engine *engine);

/* The limits of an exercise as they are written, whatever this machine has. */
bool pc_engine_limits_written(const struct pc_engine *engine,
                              const struct pc_exercise *exercise, struct pc_limits *limits,
                              struct pc_err *err);

/* Read a file of the user's own that is nobody's kernel: it finds the headers of its folder,
 * and what belongs to exercises stays NULL.  As pc_source_read(); PC_USAGE when it cannot be
 * read. */
bool pc_source_read_program(const char *file, struct pc_source *source, struct pc_err *err);

/* "join_names.c:3:1: expected ';'", or why there is no such message.  The caller owns it. */
char *pc_build_reason(const struct pc_build *build, const char *name);

/* Make sure that the learner's files of an exercise are there. */
bool pc_engine_provide(struct pc_engine *engine, const struct pc_exercise *exercise,
                       struct pc_err *err);

enum { PC_KERNEL_MAX = 1 << 20, PC_PAGE_MAX = 256 << 10 }; /* bytes of a file */

/* Which stages a trial goes through. */
enum pc_stage {
    PC_STAGE_TESTS = 1,
    PC_STAGE_COUNTS = 2,
    PC_STAGE_SPEED = 4,
    PC_STAGE_GROWTH = 8,
    PC_STAGE_TAILS = 16,
    PC_STAGE_HOTSPOT = 32
};

/* One kernel tried against one baseline: the part of a check that proofs share. */
struct pc_trial_spec {
    const struct pc_source *source; /* its starter is the baseline */
    const struct pc_limits *limits;
    unsigned stages; /* of enum pc_stage */
    uint64_t seed;
    int64_t budget_ms;
    uint32_t least_restarts; /* go on for so many even when the answer is certain */
};

/* `progress` is called when a stage is reached; `found` grows from call to call.  `done` is
 * the last call; `trouble` is NULL unless the environment failed.  When `held` is there it is
 * called in place of timing, which then waits for pc_trial_go_on(). */
struct pc_trial_ops {
    void (*progress)(void *ctx, enum pc_event_kind kind, const struct pc_findings *found);
    void (*done)(void *ctx, const struct pc_findings *found, const struct pc_err *trouble);
    void (*held)(void *ctx);
};

struct pc_trial;

/* `spec` is copied, what it points to must outlive the trial, which frees itself after
 * `done`. */
struct pc_trial *pc_trial_start(struct pc_engine *engine, const struct pc_trial_spec *spec,
                                const struct pc_trial_ops *ops, void *ctx,
                                struct pc_err *err);
void pc_trial_cancel(struct pc_trial *trial);

/* Time what was held back; once. */
void pc_trial_go_on(struct pc_trial *trial);

/* The planted faults: is a heap overflow reported, are allocations counted right, is a slow
 * kernel called slow?  `done` gets NULL when all were caught, else what was missed. */
struct pc_proof;
struct pc_proof *pc_proof_start(struct pc_engine *engine,
                                void (*done)(void *ctx, const struct pc_err *missed),
                                void *ctx, struct pc_err *err);
void pc_proof_cancel(struct pc_proof *proof);

/* Call `ready` from the loop once the compiler is found and, unless `unproven`, the planted
 * faults have been caught; `trouble` is NULL then.  `proving` (may be NULL) is called when
 * that takes a proof first. */
struct pc_waiter *
pc_engine_when_ready(struct pc_engine *engine, bool unproven, void (*proving)(void *ctx),
                     void (*ready)(void *ctx, const struct pc_err *trouble), void *ctx);
/* Forget a waiter that has not been called yet; NULL is fine. */
void pc_waiter_cancel(struct pc_engine *engine, struct pc_waiter *waiter);

/* Whether the system leaves children enough of everything (ulimit) and has a /proc.  Limits
 * that are too low are raised where that is allowed. */
bool pc_engine_has_means(struct pc_err *err);

/* Find the installed parts and the cache, once; every job begins with it. */
bool pc_engine_prepare(struct pc_engine *engine, struct pc_err *err);

/* Find compiler `cc` for this course and cache, as pc_toolchain_find() does. */
struct pc_probe *pc_engine_probe(const struct pc_engine *engine, const char *cc,
                                 void (*done)(void *ctx, struct pc_toolchain *tc,
                                              const struct pc_err *err),
                                 void *ctx, struct pc_err *err);

/* Fill in the places of a crash: the first frame in the kernel's own file, else the innermost
 * frame with a line; of an exit, the first place in the text that can be it. */
void pc_locate_crash(struct pc_crash *crash, const struct pc_source *source);
void pc_locate_sites(struct pc_counts *counts, const char *object);

/* Add those of `n` metrics that are about the code of `object` itself. */
void pc_locate_extents(struct pc_counts *counts, const char *const *names, size_t n,
                       const char *object);
void pc_locate_limited(struct pc_counts *counts, const struct pc_limits *limits,
                       const char *object);

/* Where progress is, of the course or of the pack, made when missing; the caller owns it. */
char *pc_engine_statedir(const struct pc_engine *engine, struct pc_err *err);

/* Say once that something, such as "progress", is not kept. */
void pc_progress_missed(struct pc_engine *engine, const char *what,
                        const struct pc_err *err);

/* Keep the verdict on the learner's kernel; false when that is not possible. */
bool pc_progress_keep(struct pc_engine *engine, const struct pc_attempt *attempt,
                      const struct pc_source *source, struct pc_record *record);

struct pc_host_spec pc_engine_host(const struct pc_engine *engine);

#endif
