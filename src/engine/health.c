#include "engine/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "stats/order.h"

enum { HEALTH_RESTARTS = 40 };

/* Two copies of the same kernel timed against each other: what differs is noise. */
struct pc_health_job {
    struct pc_engine *engine;
    int64_t budget_ms;
    void (*done)(void *ctx, const struct pc_health *health);
    void *ctx;
    struct pc_waiter *waiter;
    struct pc_build_job *build;
    struct pc_pair_job *pair;
    struct pc_health health;
    struct pc_err trouble;
    double off[HEALTH_RESTARTS];
    char *dir, *text;
    size_t len;
    char *bench_file;
};

static void free_job(struct pc_health_job *job)
{
    pc_waiter_cancel(job->engine, job->waiter);
    if (job->build)
        pc_build_cancel(job->build);
    if (job->pair)
        pc_pair_cancel(job->pair);
    free(job->dir);
    free(job->text);
    free(job->bench_file);
    free(job);
}

void pc_health_cancel(struct pc_health_job *job)
{
    free_job(job);
}

static void finish(struct pc_health_job *job)
{
    struct pc_health *h = &job->health;
    if (h->restarts > 0) {
        pc_sort(job->off, (size_t)h->restarts);
        h->noise_median = pc_quantile_sorted(job->off, (size_t)h->restarts, 0.5);
        h->noise_p90 = pc_quantile_sorted(job->off, (size_t)h->restarts, 0.9);
    }
    job->done(job->ctx, h);
    free_job(job);
}

static void give_up(struct pc_health_job *job, const char *why)
{
    if (why != job->trouble.msg)
        pc_fail(&job->trouble, PC_ENVIRONMENT, "%s", why);
    job->health.trouble = job->trouble.msg;
    finish(job);
}

static bool restart(void *ctx, const struct pc_restart *restart)
{
    struct pc_health_job *job = ctx;
    job->off[job->health.restarts++] = fabs(expm1(restart->log_ratio));
    return job->health.restarts < HEALTH_RESTARTS;
}

static void pair_done(void *ctx, const struct pc_pair_end *end)
{
    struct pc_health_job *job = ctx;
    job->pair = NULL;
    job->health.busy = end->busy;
    if (end->crash.ending != PC_ENDING_NONE)
        give_up(job, end->crash.what);
    else
        finish(job);
}

static void built(void *ctx, const char *path, const struct pc_build *build,
                  const struct pc_err *trouble)
{
    static const struct pc_pair_ops ops = {.restart = restart, .done = pair_done};
    struct pc_health_job *job = ctx;
    job->build = NULL;
    if (trouble) {
        give_up(job, trouble->msg);
        return;
    }
    if (!build->built) {
        give_up(job, build->n ? build->items[0].text : "the planted kernel does not build");
        return;
    }
    struct pc_host_spec host = pc_engine_host(job->engine);
    struct pc_bench_spec bench = {.bench = "", .size = 0};
    job->pair =
        pc_pair_start(job->engine->spec.loop, &host, path, path, &bench,
                      pc_rng_fresh_seed(), job->budget_ms, &ops, job, &job->trouble);
    if (!job->pair)
        give_up(job, job->trouble.msg);
}

static void measure(struct pc_health_job *job)
{
    struct pc_build_spec spec = {.product = PC_SHARED_OBJECT,
                                 .kernel_text = job->text,
                                 .kernel_len = job->len,
                                 .kernel_name = "selfproof.c",
                                 .header_dir = job->dir,
                                 .bench_file = job->bench_file};
    job->build = pc_build_start(job->engine->spec.loop, job->engine->toolchain, &spec,
                                built, job, &job->trouble);
    if (!job->build)
        give_up(job, job->trouble.msg);
}

static void proven(void *ctx, const struct pc_err *trouble)
{
    struct pc_health_job *job = ctx;
    job->waiter = NULL;
    job->health.proven = !trouble;
    const struct pc_toolchain *tc = job->engine->toolchain;
    if (tc) {
        job->health.compiler = pc_toolchain_path(tc);
        job->health.version = pc_toolchain_version(tc);
        job->health.sanitizers = pc_toolchain_sanitizes(tc);
    }
    if (trouble)
        give_up(job, trouble->msg);
    else
        measure(job);
}

struct pc_health_job *pc_health_start(struct pc_engine *engine, int64_t budget_ms,
                                      void (*done)(void *ctx,
                                                   const struct pc_health *health),
                                      void *ctx, struct pc_err *err)
{
    struct pc_health_job *job = pc_alloc(sizeof *job);
    job->engine = engine;
    job->budget_ms = budget_ms;
    job->done = done;
    job->ctx = ctx;
    job->dir = pc_strfmt("%s/checks/selfproof", engine->course.dir);
    job->bench_file = pc_strfmt("%s/bench.c", job->dir);
    PC_AUTO(pc_auto_free) char *kernel = pc_strfmt("%s/selfproof.c", job->dir);
    if (!pc_engine_prepare(engine, err) ||
        !(job->text = pc_file_read(kernel, PC_KERNEL_MAX, &job->len, err))) {
        free_job(job);
        return NULL;
    }
    job->waiter = pc_engine_when_ready(engine, false, NULL, proven, job);
    return job;
}
