#include "engine/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/words.h"

/* A person waits and can interrupt, so the limit is generous. */
enum { BENCH_WALL_MS = 600 * 1000 };

struct pc_bench_run {
    struct pc_engine *engine;
    struct pc_bench_spec_run spec;
    const struct pc_bench_ops *ops;
    void *ctx;
    struct pc_waiter *waiter;
    struct pc_build_job *build;
    struct pc_program_job *program;
    struct pc_source source;
    struct pc_limits limits; /* of the exercise: what it needs and allows */
};

static void free_run(struct pc_bench_run *run)
{
    pc_waiter_cancel(run->engine, run->waiter);
    if (run->build)
        pc_build_cancel(run->build);
    if (run->program)
        pc_program_cancel(run->program);
    pc_source_fini(&run->source);
    pc_limits_fini(&run->limits);
    free(run);
}

void pc_bench_cancel(struct pc_bench_run *run)
{
    free_run(run);
}

static void finish(struct pc_bench_run *run, enum pc_code code, const char *text)
{
    run->ops->done(run->ctx, code, text);
    free_run(run);
}

static void program_data(void *ctx, bool is_stderr, const char *data, size_t n)
{
    struct pc_bench_run *run = ctx;
    run->ops->data(run->ctx, is_stderr, data, n);
}

static void program_done(void *ctx, int status, const struct pc_crash *crash)
{
    struct pc_bench_run *run = ctx;
    run->program = NULL;
    if (crash->ending == PC_ENDING_NONE) {
        finish(run,
               status == 0                                      ? PC_PASSED
               : status == PC_USAGE || status == PC_ENVIRONMENT ? (enum pc_code)status
                                                                : PC_WRONG,
               NULL);
        return;
    }
    struct pc_str text = {0};
    pc_str_addf(&text, "%s: the bench did not finish: %s", run->source.name, crash->what);
    if (run->spec.exercise)
        pc_str_addf(&text, "; `perfcourse check %s` tells more", run->spec.exercise->name);
    finish(run, PC_CRASH, text.s);
    pc_str_fini(&text);
}

static bool start_program(struct pc_bench_run *run, const char *program, struct pc_err *err)
{
    static const struct pc_program_ops ops = {.data = program_data, .done = program_done};
    PC_AUTO(pc_auto_free) char *counter = NULL;
    if (run->spec.counting && !(counter = pc_perfbench_counter(err)))
        return false;
    struct pc_words argv = {0};
    pc_words_add(&argv, program);
    const struct pc_exercise *e = run->spec.exercise;
    PC_AUTO(pc_auto_free) char *flags = pc_toolchain_flags(run->engine->toolchain);
    if (e)
        pc_words_addf(&argv, "--pkg=perfcourse/%s/%s", e->topic->folder, e->name);
    else
        pc_words_addf(&argv, "--pkg=%.*s", (int)strlen(run->source.name) - 2,
                      run->source.name);
    pc_words_addf(&argv, "--flags=%s", flags);
    for (const char *const *arg = run->spec.args; *arg; arg++)
        pc_words_add(&argv, *arg);
    struct pc_host_spec host = pc_engine_host(run->engine);
    host.wall_ms = BENCH_WALL_MS;
    host.counter = counter;
    if (!e)
        host.reads = run->source.header_dir;
    run->program = pc_program_start(run->engine->spec.loop, &host, pc_words_argv(&argv),
                                    &ops, run, err);
    pc_words_fini(&argv);
    return run->program != NULL;
}

static void bench_built(void *ctx, const char *path, const struct pc_build *build,
                        const struct pc_err *trouble)
{
    struct pc_bench_run *run = ctx;
    run->build = NULL;
    struct pc_err err;
    if (trouble) {
        finish(run, trouble->code, trouble->msg);
        return;
    }
    if (build->built) {
        if (!start_program(run, path, &err))
            finish(run, err.code, err.msg);
        return;
    }
    PC_AUTO(pc_auto_free) char *text = pc_build_reason(build, run->source.name);
    finish(run, PC_NOBUILD, text);
}

static void ready(void *ctx, const struct pc_err *trouble)
{
    struct pc_bench_run *run = ctx;
    run->waiter = NULL;
    if (trouble) {
        finish(run, trouble->code, trouble->msg);
        return;
    }
    struct pc_build_spec spec = {.product = PC_PLAIN_PROGRAM,
                                 .kernel_text = run->source.text,
                                 .kernel_len = run->source.len,
                                 .kernel_name = run->source.name,
                                 .header_dir = run->source.header_dir,
                                 .bench_file = run->source.bench_file,
                                 .test_file = run->source.test_file,
                                 .trusted = !run->spec.exercise,
                                 .allow = (const char *const *)run->limits.allow,
                                 .n_allow = run->limits.n_allow,
                                 .needs = (const char *const *)run->limits.needs,
                                 .n_needs = run->limits.n_needs};
    struct pc_err err;
    run->build = pc_build_start(run->engine->spec.loop, run->engine->toolchain, &spec,
                                bench_built, run, &err);
    if (!run->build)
        finish(run, err.code, err.msg);
}

static bool read_all(struct pc_bench_run *run, struct pc_err *err)
{
    const struct pc_bench_spec_run *spec = &run->spec;
    if (!pc_engine_prepare(run->engine, err))
        return false;
    if (!spec->exercise)
        return pc_source_read_program(spec->file, &run->source, err);
    /* Each benchmark is counted in a process that its program starts, for which the jail
     * has to be left open. */
    if (spec->counting && run->engine->pack)
        return pc_fail(err, PC_USAGE,
                       "--benchmem is not for packs, whose programs start no others; "
                       "`perfcourse bench %s --metrics` counts",
                       spec->exercise->name);
    return pc_engine_limits(run->engine, spec->exercise, &run->limits, err) &&
           pc_source_read(run->engine, spec->exercise, spec->use, spec->file, &run->source,
                          err);
}

struct pc_bench_run *pc_bench_start(struct pc_engine *engine,
                                    const struct pc_bench_spec_run *spec,
                                    const struct pc_bench_ops *ops, void *ctx,
                                    struct pc_err *err)
{
    struct pc_bench_run *run = pc_alloc(sizeof *run);
    run->engine = engine;
    run->spec = *spec;
    run->ops = ops;
    run->ctx = ctx;
    if (!read_all(run, err)) {
        free_run(run);
        return NULL;
    }
    run->waiter = pc_engine_when_ready(engine, true, NULL, ready, run);
    return run;
}
