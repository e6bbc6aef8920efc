#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "engine/growth.h"
#include "engine/internal.h"

/* Operations that are counted one by one: twice through a pool of 16 inputs. */
enum { COUNTED_OPS = 32 };

enum { CANDIDATE, BASE, TESTS, N_BUILDS };

/*
 * The three builds run side by side.  Counting begins as soon as the kernel's object is
 * there, the tests as soon as their program is; timing waits until nothing else runs.
 */
struct pc_trial {
    struct pc_engine *engine;
    struct pc_trial_spec spec;
    const struct pc_trial_ops *ops;
    void *ctx;
    char *base_text;
    struct pc_build_job *builds[N_BUILDS];
    char *products[N_BUILDS];
    struct pc_tests_job *tests_job;
    struct pc_count_job *count_job;
    struct pc_pair_job *pair_job;
    struct pc_speed_judge *judge;
    struct pc_growth_job *growth_job;
    bool counted, tested, timed, grown;
    bool may_time;         /* it was held, and is not any more */
    int64_t timing_began;  /* a time of the clock */
    struct pc_build build; /* the first one that failed, else the kernel's */
    struct pc_tests tests;
    struct pc_counts counts;
    struct pc_speed speed;
    struct pc_growth growth;
    struct pc_findings found;
    struct pc_err trouble;
    int64_t began;
};

static void free_trial(struct pc_trial *t)
{
    for (int i = 0; i < N_BUILDS; i++) {
        if (t->builds[i])
            pc_build_cancel(t->builds[i]);
        free(t->products[i]);
    }
    if (t->tests_job)
        pc_tests_cancel(t->tests_job);
    if (t->count_job)
        pc_count_cancel(t->count_job);
    if (t->pair_job)
        pc_pair_cancel(t->pair_job);
    pc_speed_judge_free(t->judge);
    pc_growth_cancel(t->growth_job);
    pc_build_fini(&t->build);
    pc_tests_fini(&t->tests);
    free(t->base_text);
    free(t);
}

void pc_trial_cancel(struct pc_trial *trial)
{
    free_trial(trial);
}

static void finish(struct pc_trial *t, const struct pc_err *trouble)
{
    t->ops->done(t->ctx, &t->found, trouble);
    free_trial(t);
}

static void tell(struct pc_trial *t, enum pc_event_kind kind)
{
    t->ops->progress(t->ctx, kind, &t->found);
}

static bool wants(const struct pc_trial *t, enum pc_stage stage)
{
    return (t->spec.stages & stage) != 0;
}

static struct pc_bench_spec bench_of(const struct pc_trial *t, size_t size)
{
    return (struct pc_bench_spec){.bench = t->spec.limits->speedup.bench, .size = size};
}

static void tests_done(void *ctx, const struct pc_tests *tests);
static void count_done(void *ctx, const struct pc_counts *counts);
static bool restart_done(void *ctx, const struct pc_restart *restart);
static void pair_done(void *ctx, const struct pc_pair_end *end);
static void growth_round(void *ctx, const struct pc_growth *growth);
static void growth_done(void *ctx, const struct pc_growth *growth);

static bool start_tests(struct pc_trial *t)
{
    struct pc_host_spec host = pc_engine_host(t->engine);
    t->tests_job = pc_tests_start(t->engine->spec.loop, &host, t->products[TESTS],
                                  t->spec.seed, tests_done, t, &t->trouble);
    return t->tests_job != NULL;
}

static bool start_count(struct pc_trial *t)
{
    const struct pc_limits *limits = t->spec.limits;
    struct pc_host_spec host = pc_engine_host(t->engine);
    struct pc_bench_spec bench =
        bench_of(t, limits->count_at ? limits->count_at : limits->speedup.at);
    for (size_t i = 0; i < limits->n; i++)
        bench.calls = bench.calls || pc_metric_needs_calls(limits->items[i].metric);
    t->count_job =
        pc_count_start(t->engine->spec.loop, &host, t->products[CANDIDATE], &bench,
                       COUNTED_OPS, t->spec.seed, count_done, t, &t->trouble);
    return t->count_job != NULL;
}

static bool start_timing(struct pc_trial *t)
{
    static const struct pc_pair_ops ops = {.restart = restart_done, .done = pair_done};
    struct pc_host_spec host = pc_engine_host(t->engine);
    struct pc_bench_spec bench = bench_of(t, t->spec.limits->speedup.at);
    t->timing_began = pc_now();
    t->judge = pc_speed_judge_create(&t->spec.limits->speedup);
    t->pair_job = pc_pair_start(t->engine->spec.loop, &host, t->products[BASE],
                                t->products[CANDIDATE], &bench, t->spec.seed,
                                t->spec.budget_ms, &ops, t, &t->trouble);
    return t->pair_job != NULL;
}

static bool start_growth(struct pc_trial *t)
{
    static const struct pc_growth_ops ops = {.round = growth_round, .done = growth_done};
    struct pc_growth_spec spec = {.limit = &t->spec.limits->growth,
                                  .base = t->products[BASE],
                                  .kernel = t->products[CANDIDATE],
                                  .seed = t->spec.seed,
                                  .budget_ms = t->spec.budget_ms};
    t->growth_job = pc_growth_start(t->engine, &spec, &ops, t, &t->trouble);
    return t->growth_job != NULL;
}

static bool healthy(const struct pc_trial *t)
{
    bool tests_fine = !t->tested || (t->tests.ran && t->tests.failed == 0 &&
                                     t->tests.crash.ending == PC_ENDING_NONE);
    bool counts_fine = !t->counted || t->counts.crash.ending == PC_ENDING_NONE;
    bool speed_fine =
        !t->timed || (t->speed.crash.ending == PC_ENDING_NONE && !t->speed.differs);
    return tests_fine && counts_fine && speed_fine;
}

/* Start whatever can be started now; end the trial when nothing is left to do. */
static void advance(struct pc_trial *t)
{
    bool ok = true;
    if (wants(t, PC_STAGE_TESTS) && t->products[TESTS] && !t->tests_job && !t->tested)
        ok = start_tests(t);
    if (ok && wants(t, PC_STAGE_COUNTS) && t->products[CANDIDATE] && !t->count_job &&
        !t->counted && healthy(t))
        ok = start_count(t);
    if (!ok) {
        finish(t, &t->trouble);
        return;
    }
    bool building = t->builds[CANDIDATE] || t->builds[BASE] || t->builds[TESTS];
    if (building || t->tests_job || t->count_job || t->pair_job || t->growth_job)
        return;
    bool speed = wants(t, PC_STAGE_SPEED) && !t->timed;
    bool growth = wants(t, PC_STAGE_GROWTH) && !t->grown;
    if (!healthy(t) || !(speed || growth))
        finish(t, NULL);
    else if (t->ops->held && !t->may_time)
        t->ops->held(t->ctx);
    else if (!(speed ? start_timing(t) : start_growth(t)))
        finish(t, &t->trouble);
}

void pc_trial_go_on(struct pc_trial *trial)
{
    trial->may_time = true;
    advance(trial);
}

static void tests_done(void *ctx, const struct pc_tests *tests)
{
    struct pc_trial *t = ctx;
    t->tests_job = NULL;
    t->tested = true;
    pc_tests_copy(&t->tests, tests);
    pc_locate_crash(&t->tests.crash, t->spec.source->name);
    t->found.tests = &t->tests;
    tell(t, PC_EVENT_TESTED);
    if (!healthy(t) && t->count_job) {
        pc_count_cancel(t->count_job);
        t->count_job = NULL;
    }
    advance(t);
}

static void count_done(void *ctx, const struct pc_counts *counts)
{
    struct pc_trial *t = ctx;
    t->count_job = NULL;
    t->counted = true;
    t->counts = *counts;
    pc_locate_crash(&t->counts.crash, t->spec.source->name);
    pc_locate_sites(&t->counts, t->products[CANDIDATE]);
    pc_locate_limited(&t->counts, t->spec.limits, t->products[CANDIDATE]);
    t->found.counts = &t->counts;
    tell(t, PC_EVENT_COUNTED);
    advance(t);
}

static bool restart_done(void *ctx, const struct pc_restart *restart)
{
    struct pc_trial *t = ctx;
    enum pc_decision decision = pc_speed_judge_add(t->judge, restart);
    pc_speed_judge_summary(t->judge, false, &t->speed);
    t->speed.wall_ns = pc_now() - t->timing_began;
    t->found.speed = &t->speed;
    tell(t, PC_EVENT_TIMING);
    return decision == PC_GOES_ON || t->speed.restarts < t->spec.least_restarts;
}

static void pair_done(void *ctx, const struct pc_pair_end *end)
{
    struct pc_trial *t = ctx;
    t->pair_job = NULL;
    t->timed = true;
    pc_speed_judge_summary(t->judge, end->out_of_time, &t->speed);
    t->speed.crash = end->crash;
    t->speed.crash_in_base = end->crash_in_base;
    t->speed.differs = end->differs;
    t->speed.wall_ns = end->wall_ns;
    t->speed.busy = end->busy;
    pc_locate_crash(&t->speed.crash, t->spec.source->name);
    t->found.speed = &t->speed;
    tell(t, PC_EVENT_TIMED);
    advance(t);
}

static void growth_round(void *ctx, const struct pc_growth *growth)
{
    struct pc_trial *t = ctx;
    t->growth = *growth;
    t->found.growth = &t->growth;
    tell(t, PC_EVENT_GROWING);
}

static void growth_done(void *ctx, const struct pc_growth *growth)
{
    struct pc_trial *t = ctx;
    t->growth_job = NULL;
    t->grown = true;
    t->growth = *growth;
    pc_locate_crash(&t->growth.crash, t->spec.source->name);
    t->found.growth = &t->growth;
    tell(t, PC_EVENT_GROWING);
    advance(t);
}

/* The kernel does not build: the other builds are of no use any more. */
static void build_failed(struct pc_trial *t, const struct pc_build *build)
{
    pc_build_copy(&t->build, build);
    t->build.wall_ns = pc_now() - t->began;
    t->found.build = &t->build;
    tell(t, PC_EVENT_BUILT);
    finish(t, NULL);
}

static void base_failed(struct pc_trial *t, const struct pc_build *build)
{
    pc_fail(&t->trouble, PC_ENVIRONMENT,
            "the starter of this exercise does not build here: %s:%d: %s",
            build->n ? build->items[0].place.file : "?",
            build->n ? build->items[0].place.line : 0,
            build->n         ? build->items[0].text
            : build->trouble ? build->trouble
                             : "no reason given");
    finish(t, &t->trouble);
}

static void built(struct pc_trial *t, int which, const char *path,
                  const struct pc_build *build, const struct pc_err *err)
{
    t->builds[which] = NULL;
    if (err) {
        t->trouble = *err;
        finish(t, &t->trouble);
        return;
    }
    /* The starter that is judged itself is a kernel like any other. */
    if (!build->built && which == BASE && strcmp(t->base_text, t->spec.source->text) != 0) {
        base_failed(t, build);
        return;
    }
    if (!build->built) {
        build_failed(t, build);
        return;
    }
    t->products[which] = pc_strdup(path);
    if (which == CANDIDATE || (which == TESTS && !t->build.built)) {
        pc_build_fini(&t->build);
        pc_build_copy(&t->build, build);
    }
    bool all = true;
    for (int i = 0; i < N_BUILDS; i++)
        all = all && !t->builds[i];
    if (all) {
        t->build.wall_ns = pc_now() - t->began;
        t->found.build = &t->build;
        tell(t, PC_EVENT_BUILT);
    }
    advance(t);
}

static void candidate_built(void *ctx, const char *path, const struct pc_build *build,
                            const struct pc_err *err)
{
    built(ctx, CANDIDATE, path, build, err);
}

static void base_built(void *ctx, const char *path, const struct pc_build *build,
                       const struct pc_err *err)
{
    built(ctx, BASE, path, build, err);
}

static void tests_built(void *ctx, const char *path, const struct pc_build *build,
                        const struct pc_err *err)
{
    built(ctx, TESTS, path, build, err);
}

static bool start_build(struct pc_trial *t, int which)
{
    static void (*const done[N_BUILDS])(void *, const char *, const struct pc_build *,
                                        const struct pc_err *) = {
        [CANDIDATE] = candidate_built, [BASE] = base_built, [TESTS] = tests_built};
    const struct pc_source *s = t->spec.source;
    const struct pc_limits *limits = t->spec.limits;
    struct pc_build_spec spec = {
        .product = which == TESTS ? PC_SANITIZED_TESTS : PC_SHARED_OBJECT,
        .kernel_text = which == BASE ? t->base_text : s->text,
        .kernel_len = which == BASE ? strlen(t->base_text) : s->len,
        .kernel_name = s->name,
        .header_dir = s->header_dir,
        .bench_file = which == TESTS ? NULL : s->bench_file,
        .test_file = which == TESTS ? s->test_file : NULL,
        .allow = (const char *const *)limits->allow,
        .n_allow = limits->n_allow,
        .needs = (const char *const *)limits->needs,
        .n_needs = limits->n_needs,
    };
    t->builds[which] = pc_build_start(t->engine->spec.loop, t->engine->toolchain, &spec,
                                      done[which], t, &t->trouble);
    return t->builds[which] != NULL;
}

struct pc_trial *pc_trial_start(struct pc_engine *engine, const struct pc_trial_spec *spec,
                                const struct pc_trial_ops *ops, void *ctx,
                                struct pc_err *err)
{
    struct pc_trial *t = pc_alloc(sizeof *t);
    t->engine = engine;
    t->spec = *spec;
    t->ops = ops;
    t->ctx = ctx;
    t->began = pc_now();
    bool timed = wants(t, PC_STAGE_SPEED) || wants(t, PC_STAGE_GROWTH);
    bool native = wants(t, PC_STAGE_COUNTS) || timed;
    bool ok = true;
    if (timed) {
        t->base_text =
            pc_file_read(spec->source->starter_file, PC_KERNEL_MAX, NULL, &t->trouble);
        ok = t->base_text && start_build(t, BASE);
    }
    ok = ok && (!native || start_build(t, CANDIDATE));
    ok = ok && (!wants(t, PC_STAGE_TESTS) || start_build(t, TESTS));
    if (!ok) {
        if (err)
            *err = t->trouble;
        free_trial(t);
        return NULL;
    }
    return t;
}
