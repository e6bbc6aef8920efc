#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "engine/trial.h"

/* Operations that are counted one by one: twice through a pool of 16 inputs. */
enum { COUNTED_OPS = 32 };

static void free_trial(struct pc_trial *t)
{
    for (int i = 0; i < PC_BUILDS; i++) {
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
    pc_tails_cancel(t->tails_job);
    pc_hotspot_cancel(t->hotspot_job);
    pc_build_fini(&t->build);
    pc_tests_fini(&t->tests);
    free(t->base_text);
    free(t);
}

void pc_trial_cancel(struct pc_trial *trial)
{
    free_trial(trial);
}

void pc_trial_finish(struct pc_trial *t, const struct pc_err *trouble)
{
    t->ops->done(t->ctx, &t->found, trouble);
    free_trial(t);
}

void pc_trial_tell(struct pc_trial *t, enum pc_event_kind kind)
{
    t->ops->progress(t->ctx, kind, &t->found);
}

bool pc_trial_wants(const struct pc_trial *t, enum pc_stage stage)
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
static void races_done(void *ctx, const struct pc_tests *tests);
static void growth_round(void *ctx, const struct pc_growth *growth);
static void growth_done(void *ctx, const struct pc_growth *growth);
static void tails_restart(void *ctx, const struct pc_tails *tails);
static void tails_done(void *ctx, const struct pc_tails *tails);
static void hotspot_done(void *ctx, const struct pc_hotspot *hotspot);

/* The tests, and once these have passed, the same under ThreadSanitizer. */
static bool start_tests(struct pc_trial *t)
{
    struct pc_host_spec host = pc_engine_host(t->engine);
    t->tests_job =
        pc_tests_start(t->engine->spec.loop, &host,
                       t->products[t->tested ? PC_BUILD_RACES : PC_BUILD_TESTS],
                       t->spec.seed, t->tested ? races_done : tests_done, t, &t->trouble);
    return t->tests_job != NULL;
}

static bool start_count(struct pc_trial *t)
{
    const struct pc_limits *limits = t->spec.limits;
    struct pc_host_spec host = pc_engine_host(t->engine);
    struct pc_bench_spec bench = bench_of(t, limits->speedup.at);
    if (!limits->speedup.set && limits->tail.set)
        bench =
            (struct pc_bench_spec){.bench = limits->tail.bench, .size = limits->tail.at};
    if (limits->count_at)
        bench.size = limits->count_at;
    for (size_t i = 0; i < limits->n; i++)
        bench.calls = bench.calls || pc_metric_needs_calls(limits->items[i].metric);
    t->count_job =
        pc_count_start(t->engine->spec.loop, &host, t->products[PC_BUILD_CANDIDATE], &bench,
                       COUNTED_OPS, t->spec.seed, count_done, t, &t->trouble);
    return t->count_job != NULL;
}

/* Where the kernel names no function there is nothing to be measured. */
static bool start_hotspot(struct pc_trial *t)
{
    const struct pc_limits *limits = t->spec.limits;
    struct pc_hotspot_spec spec = {.base = t->products[PC_BUILD_BASE],
                                   .source = t->spec.source,
                                   .bench = bench_of(t, limits->speedup.at),
                                   .seed = t->spec.seed,
                                   .budget_ms = t->spec.budget_ms};
    spec.bench.threads = limits->speedup.threads;
    if (!pc_hotspot_read(t->products[PC_BUILD_CANDIDATE], limits->hotspot, &t->hotspot)) {
        t->profiled = true;
        t->found.hotspot = &t->hotspot;
        return true;
    }
    t->hotspot_job =
        pc_hotspot_start(t->engine, &spec, &t->hotspot, hotspot_done, t, &t->trouble);
    return t->hotspot_job != NULL;
}

static bool start_timing(struct pc_trial *t)
{
    static const struct pc_pair_ops ops = {.restart = restart_done, .done = pair_done};
    struct pc_host_spec host = pc_engine_host(t->engine);
    struct pc_bench_spec bench = bench_of(t, t->spec.limits->speedup.at);
    t->timing_began = pc_now();
    bench.threads = t->spec.limits->speedup.threads;
    t->judge = pc_speed_judge_create(&t->spec.limits->speedup);
    t->pair_job = pc_pair_start(t->engine->spec.loop, &host, t->products[PC_BUILD_BASE],
                                t->products[PC_BUILD_CANDIDATE], &bench, t->spec.seed,
                                t->spec.budget_ms, &ops, t, &t->trouble);
    return t->pair_job != NULL;
}

static bool start_growth(struct pc_trial *t)
{
    static const struct pc_growth_ops ops = {.round = growth_round, .done = growth_done};
    struct pc_growth_spec spec = {.limit = &t->spec.limits->growth,
                                  .base = t->products[PC_BUILD_BASE],
                                  .kernel = t->products[PC_BUILD_CANDIDATE],
                                  .seed = t->spec.seed,
                                  .budget_ms = t->spec.budget_ms};
    t->growth_job = pc_growth_start(t->engine, &spec, &ops, t, &t->trouble);
    return t->growth_job != NULL;
}

static bool start_tails(struct pc_trial *t)
{
    static const struct pc_tails_ops ops = {.restart = tails_restart, .done = tails_done};
    struct pc_tails_spec spec = {.limit = &t->spec.limits->tail,
                                 .base = t->products[PC_BUILD_BASE],
                                 .kernel = t->products[PC_BUILD_CANDIDATE],
                                 .seed = t->spec.seed,
                                 .budget_ms = t->spec.budget_ms};
    t->tails_job = pc_tails_start(t->engine, &spec, &ops, t, &t->trouble);
    return t->tails_job != NULL;
}

static bool wants_races(const struct pc_trial *t)
{
    return pc_trial_wants(t, PC_STAGE_TESTS) && t->spec.limits->races;
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

/* What runs beside builds and beside each other, each as soon as what it needs is built. */
static bool start_side_by_side(struct pc_trial *t)
{
    const char *kernel = t->products[PC_BUILD_CANDIDATE];
    bool plain =
        pc_trial_wants(t, PC_STAGE_TESTS) && t->products[PC_BUILD_TESTS] && !t->tested;
    bool races = wants_races(t) && t->products[PC_BUILD_RACES] && t->tested && !t->raced &&
                 healthy(t);
    if ((plain || races) && !t->tests_job && !start_tests(t))
        return false;
    if (pc_trial_wants(t, PC_STAGE_COUNTS) && kernel && !t->count_job && !t->counted &&
        healthy(t) && !start_count(t))
        return false;
    return !pc_trial_wants(t, PC_STAGE_HOTSPOT) || !kernel || !t->products[PC_BUILD_BASE] ||
           t->hotspot_job || t->profiled || !healthy(t) || start_hotspot(t);
}

static bool is_busy(const struct pc_trial *t)
{
    bool building = false;
    for (int i = 0; i < PC_BUILDS; i++)
        building = building || t->builds[i];
    return building || t->tests_job || t->count_job || t->hotspot_job || t->pair_job ||
           t->growth_job || t->tails_job;
}

/* Start whatever can be started now; end the trial when nothing is left to do. */
void pc_trial_advance(struct pc_trial *t)
{
    if (!start_side_by_side(t)) {
        pc_trial_finish(t, &t->trouble);
        return;
    }
    if (is_busy(t))
        return;
    bool speed = pc_trial_wants(t, PC_STAGE_SPEED) && !t->timed;
    bool growth = pc_trial_wants(t, PC_STAGE_GROWTH) && !t->grown;
    bool tails = pc_trial_wants(t, PC_STAGE_TAILS) && !t->told;
    if (!healthy(t) || !(speed || growth || tails))
        pc_trial_finish(t, NULL);
    else if (t->ops->held && !t->may_time)
        t->ops->held(t->ctx);
    else if (!(speed ? start_timing(t) : growth ? start_growth(t) : start_tails(t)))
        pc_trial_finish(t, &t->trouble);
}

void pc_trial_go_on(struct pc_trial *trial)
{
    trial->may_time = true;
    pc_trial_advance(trial);
}

static void tests_done(void *ctx, const struct pc_tests *tests)
{
    struct pc_trial *t = ctx;
    t->tests_job = NULL;
    t->tested = true;
    pc_tests_copy(&t->tests, tests);
    pc_locate_crash(&t->tests.crash, t->spec.source);
    t->found.tests = &t->tests;
    pc_trial_tell(t, PC_EVENT_TESTED);
    if (!healthy(t)) {
        if (t->count_job)
            pc_count_cancel(t->count_job);
        pc_hotspot_cancel(t->hotspot_job);
        t->count_job = NULL;
        t->hotspot_job = NULL;
    }
    pc_trial_advance(t);
}

/* The second run of the tests is told only when it has found something. */
static void races_done(void *ctx, const struct pc_tests *tests)
{
    struct pc_trial *t = ctx;
    t->raced = true;
    if (tests->ran && tests->failed == 0 && tests->crash.ending == PC_ENDING_NONE) {
        t->tests_job = NULL;
        pc_trial_advance(t);
        return;
    }
    pc_tests_fini(&t->tests);
    tests_done(t, tests);
}

static void count_done(void *ctx, const struct pc_counts *counts)
{
    struct pc_trial *t = ctx;
    t->count_job = NULL;
    t->counted = true;
    t->counts = *counts;
    pc_locate_crash(&t->counts.crash, t->spec.source);
    pc_locate_sites(&t->counts, t->products[PC_BUILD_CANDIDATE]);
    pc_locate_limited(&t->counts, t->spec.limits, t->products[PC_BUILD_CANDIDATE]);
    t->found.counts = &t->counts;
    pc_trial_tell(t, PC_EVENT_COUNTED);
    pc_trial_advance(t);
}

static bool restart_done(void *ctx, const struct pc_restart *restart)
{
    struct pc_trial *t = ctx;
    enum pc_decision decision = pc_speed_judge_add(t->judge, restart);
    pc_speed_judge_summary(t->judge, false, &t->speed);
    t->speed.wall_ns = pc_now() - t->timing_began;
    t->found.speed = &t->speed;
    pc_trial_tell(t, PC_EVENT_TIMING);
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
    pc_locate_crash(&t->speed.crash, t->spec.source);
    t->found.speed = &t->speed;
    pc_trial_tell(t, PC_EVENT_TIMED);
    pc_trial_advance(t);
}

static void growth_round(void *ctx, const struct pc_growth *growth)
{
    struct pc_trial *t = ctx;
    t->growth = *growth;
    t->found.growth = &t->growth;
    pc_trial_tell(t, PC_EVENT_GROWING);
}

static void growth_done(void *ctx, const struct pc_growth *growth)
{
    struct pc_trial *t = ctx;
    t->growth_job = NULL;
    t->grown = true;
    t->growth = *growth;
    pc_locate_crash(&t->growth.crash, t->spec.source);
    t->found.growth = &t->growth;
    pc_trial_tell(t, PC_EVENT_GROWING);
    pc_trial_advance(t);
}

static void tails_restart(void *ctx, const struct pc_tails *tails)
{
    struct pc_trial *t = ctx;
    t->tails = *tails;
    t->found.tails = &t->tails;
    pc_trial_tell(t, PC_EVENT_TAILS);
}

static void tails_done(void *ctx, const struct pc_tails *tails)
{
    struct pc_trial *t = ctx;
    t->tails_job = NULL;
    t->told = true;
    t->tails = *tails;
    pc_locate_crash(&t->tails.crash, t->spec.source);
    t->found.tails = &t->tails;
    pc_trial_tell(t, PC_EVENT_TAILS);
    pc_trial_advance(t);
}

static void hotspot_done(void *ctx, const struct pc_hotspot *hotspot)
{
    struct pc_trial *t = ctx;
    t->hotspot_job = NULL;
    t->profiled = true;
    t->hotspot = *hotspot;
    t->found.hotspot = &t->hotspot;
    pc_trial_advance(t);
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
    bool timed = pc_trial_wants(t, PC_STAGE_SPEED) || pc_trial_wants(t, PC_STAGE_GROWTH) ||
                 pc_trial_wants(t, PC_STAGE_TAILS) || pc_trial_wants(t, PC_STAGE_HOTSPOT);
    bool native = pc_trial_wants(t, PC_STAGE_COUNTS) || timed;
    bool ok = true;
    if (timed) {
        t->base_text =
            pc_file_read(spec->source->starter_file, PC_KERNEL_MAX, NULL, &t->trouble);
        ok = t->base_text && pc_trial_build(t, PC_BUILD_BASE);
    }
    ok = ok && (!native || pc_trial_build(t, PC_BUILD_CANDIDATE));
    ok = ok && (!pc_trial_wants(t, PC_STAGE_TESTS) || pc_trial_build(t, PC_BUILD_TESTS)) &&
         (!wants_races(t) || pc_trial_build(t, PC_BUILD_RACES));
    if (!ok) {
        if (err)
            *err = t->trouble;
        free_trial(t);
        return NULL;
    }
    return t;
}
