#include "engine/escape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "engine/internal.h"
#include "profile/calls.h"
#include "toolchain/allocators.h"
#include "toolchain/flow.h"
#include "toolchain/views.h"

enum { OPS = 32, LINE_SHOWN = 400 };

/* One compiler after the other: find it, look at what it makes, and of an exercise build the
 * object that is run, and count. */
struct pc_escape_run {
    struct pc_engine *engine;
    struct pc_escape_spec spec;
    void (*done)(void *ctx, enum pc_code code, const struct pc_escape *escape);
    void *ctx;
    struct pc_limits limits;
    struct pc_source source;
    struct pc_escape escape;
    struct pc_words others; /* what the objects need from elsewhere */
    size_t side;
    struct pc_timer *timer;
    struct pc_probe *probe;
    struct pc_toolchain *toolchain;
    struct pc_views_job *views;
    struct pc_build_job *build;
    struct pc_count_job *count;
    char *object;
};

static void free_run(struct pc_escape_run *run)
{
    pc_timer_free(run->timer);
    if (run->probe)
        pc_probe_cancel(run->probe);
    pc_views_cancel(run->views);
    if (run->build)
        pc_build_cancel(run->build);
    pc_count_cancel(run->count);
    pc_toolchain_free(run->toolchain);
    pc_limits_fini(&run->limits);
    pc_source_fini(&run->source);
    pc_escape_fini(&run->escape);
    pc_words_fini(&run->others);
    free(run->object);
    free(run);
}

void pc_escape_cancel(struct pc_escape_run *run)
{
    free_run(run);
}

/* NULL when there is no such line. */
static char *text_of_line(const char *text, int number)
{
    if (number < 1)
        return NULL;
    for (; number > 1; number--) {
        text = strchr(text, '\n');
        if (!text)
            return NULL;
        text++;
    }
    return pc_text_harmless(text, strcspn(text, "\r\n"), LINE_SHOWN);
}

/* The texts of lines, and where they send what they allocate. */
static void read_source(struct pc_escape_run *run)
{
    const struct pc_source *source = &run->source;
    size_t n = run->escape.lines.n;
    if (n == 0)
        return;
    PC_AUTO(pc_auto_free) int *numbers = pc_alloc_array(n, sizeof *numbers);
    PC_AUTO(pc_auto_free)
    struct pc_destination *found = pc_alloc_array(n, sizeof *found);
    for (size_t i = 0; i < n; i++) {
        const struct pc_place *place = &run->escape.lines.items[i].place;
        numbers[i] = strcmp(place->file, source->name) == 0 ? place->line : 0;
    }
    pc_flow_find(source->text, source->len, &run->others, numbers, n, found);
    for (size_t i = 0; i < n; i++) {
        struct pc_escape_line *line = &run->escape.lines.items[i];
        line->destination = found[i];
        line->source = text_of_line(source->text, numbers[i]);
    }
}

/* What the whole command says: the worst of the sides, but a compiler that is not here only
 * when there is no other. */
static void finish(struct pc_escape_run *run)
{
    enum pc_code code = PC_PASSED;
    size_t absent = 0, n = run->escape.n_sides;
    for (size_t i = 0; i < n; i++)
        absent += run->escape.sides[i].absent;
    for (size_t i = 0; i < n; i++)
        if (!run->escape.sides[i].absent || absent == n)
            code = pc_worse_code(code, run->escape.sides[i].code);
    read_source(run);
    run->done(run->ctx, code, &run->escape);
    free_run(run);
}

static void next_side(void *ctx);

static void side_done(struct pc_escape_run *run)
{
    pc_toolchain_free(run->toolchain);
    run->toolchain = NULL;
    free(run->object);
    run->object = NULL;
    run->side++;
    pc_timer_free(run->timer);
    run->timer = pc_timer_start(run->engine->spec.loop, 0, next_side, run);
}

static struct pc_escape_side *side_of(struct pc_escape_run *run)
{
    return &run->escape.sides[run->side];
}

static void side_failed(struct pc_escape_run *run, enum pc_code code, const char *text)
{
    side_of(run)->code = code;
    side_of(run)->trouble = pc_strdup(text);
    side_done(run);
}

static void not_built(struct pc_escape_run *run, const struct pc_build *build)
{
    PC_AUTO(pc_auto_free) char *why = pc_build_reason(build, run->source.name);
    PC_AUTO(pc_auto_free) char *text = pc_strfmt("%s (%s)", why, side_of(run)->compiler);
    side_failed(run, PC_NOBUILD, text);
}

static void counted(void *ctx, const struct pc_counts *counts)
{
    struct pc_escape_run *run = ctx;
    run->count = NULL;
    if (counts->crash.ending != PC_ENDING_NONE || !counts->ran) {
        PC_AUTO(pc_auto_free) char *text = pc_strfmt(
            "%s did not finish while it was counted (%s): %s; `perfcourse check %s` tells "
            "more",
            run->source.name, counts->crash.during,
            counts->crash.what[0] ? counts->crash.what : "it crashed",
            run->spec.exercise->name);
        side_failed(run, PC_CRASH, text);
        return;
    }
    struct pc_counts located = *counts;
    pc_locate_sites(&located, run->object);
    pc_escape_count(&run->escape, run->side, &located);
    side_done(run);
}

static void built(void *ctx, const char *path, const struct pc_build *build,
                  const struct pc_err *trouble)
{
    struct pc_escape_run *run = ctx;
    run->build = NULL;
    if (trouble) {
        side_failed(run, trouble->code, trouble->msg);
        return;
    }
    if (!build->built) {
        not_built(run, build);
        return;
    }
    const struct pc_limits *limits = &run->limits;
    struct pc_host_spec host = pc_engine_host(run->engine);
    struct pc_bench_spec bench = {
        .bench = limits->speedup.bench,
        .size = limits->count_at ? limits->count_at : limits->speedup.at,
    };
    struct pc_err err;
    run->escape.count_at = bench.size;
    run->object = pc_strdup(path);
    run->count = pc_count_start(run->engine->spec.loop, &host, path, &bench, OPS,
                                run->spec.seed, counted, run, &err);
    if (!run->count)
        side_failed(run, err.code, err.msg);
}

static struct pc_build_spec build_spec(const struct pc_escape_run *run)
{
    bool own = !run->spec.exercise;
    return (struct pc_build_spec){
        .product = PC_SHARED_OBJECT,
        .kernel_text = run->source.text,
        .kernel_len = run->source.len,
        .kernel_name = run->source.name,
        .header_dir = run->source.header_dir,
        .bench_file = run->source.bench_file,
        .allow = (const char *const *)run->limits.allow,
        .n_allow = run->limits.n_allow,
        .needs = own ? run->spec.needs : (const char *const *)run->limits.needs,
        .n_needs = own ? run->spec.n_needs : run->limits.n_needs,
    };
}

static bool read_views(struct pc_escape_run *run, const struct pc_views *views,
                       struct pc_err *err)
{
    struct pc_object_calls calls[PC_VIEWS] = {0};
    bool fine = true;
    for (size_t i = 0; fine && i < PC_VIEWS; i++)
        fine = pc_calls_read(views->objects[i], pc_allocator_name, &calls[i], err);
    if (fine) {
        pc_escape_add(&run->escape, run->side, calls);
        side_of(run)->taken = calls[PC_VIEW_TIMED].taken;
        calls[PC_VIEW_TIMED].taken = (struct pc_alloc_calls){0};
        pc_words_add_list(&run->others, &calls[PC_VIEW_TIMED].others);
    }
    for (size_t i = 0; i < PC_VIEWS; i++)
        pc_object_calls_fini(&calls[i]);
    for (size_t i = 0; fine && i < views->frames->n; i++)
        *PC_PUSH(&side_of(run)->frames) = views->frames->items[i];
    return fine;
}

static void viewed(void *ctx, const struct pc_views *views, const struct pc_build *build,
                   const struct pc_err *trouble)
{
    struct pc_escape_run *run = ctx;
    struct pc_err err;
    run->views = NULL;
    if (trouble) {
        side_failed(run, trouble->code, trouble->msg);
        return;
    }
    if (!views) {
        not_built(run, build);
        return;
    }
    pc_build_copy(&side_of(run)->findings, build);
    if (!read_views(run, views, &err)) {
        side_failed(run, err.code, err.msg);
        return;
    }
    if (!run->spec.exercise) {
        side_done(run);
        return;
    }
    struct pc_build_spec spec = build_spec(run);
    run->build =
        pc_build_start(run->engine->spec.loop, run->toolchain, &spec, built, run, &err);
    if (!run->build)
        side_failed(run, err.code, err.msg);
}

static void found(void *ctx, struct pc_toolchain *tc, const struct pc_err *trouble)
{
    struct pc_escape_run *run = ctx;
    run->probe = NULL;
    run->toolchain = tc;
    if (!tc) {
        side_failed(run, trouble->code, trouble->msg);
        return;
    }
    snprintf(side_of(run)->compiler, sizeof side_of(run)->compiler, "%s",
             pc_toolchain_version(tc));
    struct pc_build_spec spec = build_spec(run);
    struct pc_err err;
    run->views = pc_views_start(run->engine->spec.loop, tc, &spec, viewed, run, &err);
    if (!run->views)
        side_failed(run, err.code, err.msg);
}

static void next_side(void *ctx)
{
    struct pc_escape_run *run = ctx;
    if (run->side == run->escape.n_sides) {
        finish(run);
        return;
    }
    const char *cc = run->spec.compilers[run->side];
    snprintf(side_of(run)->compiler, sizeof side_of(run)->compiler, "%s",
             cc ? cc : "the compiler");
    struct pc_err err;
    run->probe = pc_engine_probe(run->engine, cc, found, run, &err);
    if (run->probe)
        return;
    side_of(run)->absent = !cc || !pc_toolchain_exists(cc);
    side_failed(run, err.code, err.msg);
}

static bool read_all(struct pc_escape_run *run, struct pc_err *err)
{
    const struct pc_escape_spec *spec = &run->spec;
    if (!pc_engine_prepare(run->engine, err))
        return false;
    if (!spec->exercise)
        return pc_source_read_program(spec->file, &run->source, err);
    return pc_engine_limits(run->engine, spec->exercise, &run->limits, err) &&
           pc_source_read(run->engine, spec->exercise, spec->use, spec->file, &run->source,
                          err);
}

struct pc_escape_run *
pc_escape_start(struct pc_engine *engine, const struct pc_escape_spec *spec,
                void (*done)(void *ctx, enum pc_code code, const struct pc_escape *escape),
                void *ctx, struct pc_err *err)
{
    struct pc_escape_run *run = pc_alloc(sizeof *run);
    run->engine = engine;
    run->spec = *spec;
    run->done = done;
    run->ctx = ctx;
    run->escape.n_sides = spec->n_compilers;
    if (!read_all(run, err)) {
        free_run(run);
        return NULL;
    }
    snprintf(run->escape.file, sizeof run->escape.file, "%s", run->source.name);
    run->timer = pc_timer_start(engine->spec.loop, 0, next_side, run);
    return run;
}
