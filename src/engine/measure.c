#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "engine/growth.h"
#include "engine/internal.h"

enum { OPS = 32, SPAN = 16 };

struct pc_measure_run {
    struct pc_engine *engine;
    struct pc_measure_spec spec;
    const struct pc_measure_ops *ops;
    void *ctx;
    struct pc_limits limits;
    struct pc_source source;
    struct pc_waiter *waiter;
    struct pc_build_job *build;
    struct pc_growth_job *growth_job;
    struct pc_count_job *count_job;
    char *object;
    struct pc_growth growth;
    struct pc_counts counts;
    struct pc_measurements measured;
};

static void free_run(struct pc_measure_run *run)
{
    pc_waiter_cancel(run->engine, run->waiter);
    if (run->build)
        pc_build_cancel(run->build);
    pc_growth_cancel(run->growth_job);
    pc_count_cancel(run->count_job);
    pc_limits_fini(&run->limits);
    pc_source_fini(&run->source);
    free(run->object);
    free(run);
}

void pc_measure_cancel(struct pc_measure_run *run)
{
    free_run(run);
}

static void finish(struct pc_measure_run *run, enum pc_code code, const char *text)
{
    run->ops->done(run->ctx, code, text, &run->measured);
    free_run(run);
}

static void fail(struct pc_measure_run *run, const struct pc_err *err)
{
    finish(run, err->code, err->msg);
}

static void crashed(struct pc_measure_run *run, const struct pc_crash *crash,
                    const char *doing)
{
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("%s did not finish while %s (%s): %s; `perfcourse check %s` tells more",
                  run->source.name, doing, crash->during,
                  crash->what[0] ? crash->what : "it crashed", run->spec.exercise->name);
    finish(run, PC_CRASH, text);
}

static void counted(void *ctx, const struct pc_counts *counts)
{
    struct pc_measure_run *run = ctx;
    run->count_job = NULL;
    if (counts->crash.ending != PC_ENDING_NONE || !counts->ran) {
        crashed(run, &counts->crash, "it was counted");
        return;
    }
    run->counts = *counts;
    pc_locate_sites(&run->counts, run->object);
    pc_locate_limited(&run->counts, &run->limits, run->object);
    run->measured.counts = &run->counts;
    finish(run, PC_PASSED, NULL);
}

static void start_count(struct pc_measure_run *run)
{
    const struct pc_limits *limits = &run->limits;
    struct pc_host_spec host = pc_engine_host(run->engine);
    struct pc_bench_spec bench = {
        .bench = limits->speedup.bench,
        .size = limits->count_at ? limits->count_at : limits->speedup.at,
        .calls = true,
    };
    struct pc_err err;
    run->measured.count_at = bench.size;
    run->count_job = pc_count_start(run->engine->spec.loop, &host, run->object, &bench, OPS,
                                    run->spec.seed, counted, run, &err);
    if (!run->count_job)
        fail(run, &err);
}

static void round_done(void *ctx, const struct pc_growth *growth)
{
    struct pc_measure_run *run = ctx;
    run->ops->growing(run->ctx, growth);
}

static void grown(void *ctx, const struct pc_growth *growth)
{
    struct pc_measure_run *run = ctx;
    run->growth_job = NULL;
    if (growth->crash.ending != PC_ENDING_NONE) {
        crashed(run, &growth->crash, "it was timed");
        return;
    }
    run->growth = *growth;
    run->measured.growth = &run->growth;
    if (run->spec.metrics)
        start_count(run);
    else
        finish(run, PC_PASSED, NULL);
}

static void start_growth(struct pc_measure_run *run)
{
    static const struct pc_growth_ops ops = {.round = round_done, .done = grown};
    struct pc_growth_spec spec = {.limit = &run->limits.growth,
                                  .kernel = run->object,
                                  .seed = run->spec.seed,
                                  .budget_ms = run->spec.budget_ms};
    struct pc_err err;
    run->growth_job = pc_growth_start(run->engine, &spec, &ops, run, &err);
    if (!run->growth_job)
        fail(run, &err);
}

static void built(void *ctx, const char *path, const struct pc_build *build,
                  const struct pc_err *trouble)
{
    struct pc_measure_run *run = ctx;
    run->build = NULL;
    if (trouble) {
        fail(run, trouble);
    } else if (!build->built) {
        const struct pc_diagnostic *first = build->n > 0 ? &build->items[0] : NULL;
        PC_AUTO(pc_auto_free) char *text =
            first ? pc_strfmt("%s:%d:%d: %s", first->place.file, first->place.line,
                              first->place.column, first->text)
                  : pc_strfmt("%s does not build: %s", run->source.name,
                              build->trouble ? build->trouble : "no reason given");
        finish(run, PC_NOBUILD, text);
    } else {
        run->object = pc_strdup(path);
        if (run->spec.growth)
            start_growth(run);
        else
            start_count(run);
    }
}

static void ready(void *ctx, const struct pc_err *trouble)
{
    struct pc_measure_run *run = ctx;
    run->waiter = NULL;
    if (trouble) {
        fail(run, trouble);
        return;
    }
    struct pc_build_spec spec = {
        .product = PC_SHARED_OBJECT,
        .kernel_text = run->source.text,
        .kernel_len = run->source.len,
        .kernel_name = run->source.name,
        .header_dir = run->source.header_dir,
        .bench_file = run->source.bench_file,
        .allow = (const char *const *)run->limits.allow,
        .n_allow = run->limits.n_allow,
        .needs = (const char *const *)run->limits.needs,
        .n_needs = run->limits.n_needs,
    };
    struct pc_err err;
    run->build = pc_build_start(run->engine->spec.loop, run->engine->toolchain, &spec,
                                built, run, &err);
    if (!run->build)
        fail(run, &err);
}

/* The limit with the sizes, and without the bound: nothing is judged. */
static bool choose_sizes(struct pc_measure_run *run, struct pc_err *err)
{
    const struct pc_measure_spec *spec = &run->spec;
    struct pc_limits *limits = &run->limits;
    struct pc_growth_limit *growth = &limits->growth;
    size_t to = spec->to ? spec->to : limits->speedup.at;
    size_t from = spec->to ? spec->from : to / SPAN;
    if (!growth->set)
        snprintf(growth->bench, sizeof growth->bench, "%s", limits->speedup.bench);
    if (spec->to || !growth->set) {
        if (from == 0)
            return pc_fail(err, PC_USAGE,
                           "%s does not say at which sizes it grows: give them, as in "
                           "--growth=100..10000",
                           spec->exercise->name);
        pc_growth_spread(from, to, growth);
    }
    growth->set = true;
    growth->max = NAN;
    return true;
}

struct pc_measure_run *pc_measure_start(struct pc_engine *engine,
                                        const struct pc_measure_spec *spec,
                                        const struct pc_measure_ops *ops, void *ctx,
                                        struct pc_err *err)
{
    struct pc_measure_run *run = pc_alloc(sizeof *run);
    run->engine = engine;
    run->spec = *spec;
    run->ops = ops;
    run->ctx = ctx;
    if (!pc_engine_limits(engine, spec->exercise, &run->limits, err) ||
        (spec->growth && !choose_sizes(run, err)) || !pc_engine_prepare(engine, err) ||
        !pc_source_read(engine, spec->exercise, spec->use, spec->file, &run->source, err)) {
        free_run(run);
        return NULL;
    }
    run->waiter = pc_engine_when_ready(engine, true, NULL, ready, run);
    return run;
}
