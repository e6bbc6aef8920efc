#include "engine/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "engine/machine.h"
#include "judge/trust.h"
#include "stats/order.h"

enum { HEALTH_RESTARTS = 40, EMPTY_MS = 50 };

/* A host tells of its jail.  Then two copies of the same kernel are timed against each other:
 * what differs is noise.  Then an empty loop, and the other compilers that are here are asked
 * for their names. */
struct pc_health_job {
    struct pc_engine *engine;
    int64_t budget_ms;
    void (*done)(void *ctx, const struct pc_health *health);
    void *ctx;
    struct pc_jail_job *jail;
    struct pc_waiter *waiter;
    struct pc_build_job *build;
    struct pc_pair_job *pair;
    struct pc_health health;
    struct pc_err trouble;
    double off[HEALTH_RESTARTS], ns[HEALTH_RESTARTS];
    struct pc_stolen stolen;
    size_t usual; /* of the usual compilers, the next to be asked */
    struct pc_probe *probe;
    char *dir, *text;
    size_t len;
    char *bench_file;
};

static const char *const usual[] = {"gcc", "clang"};

static void free_job(struct pc_health_job *job)
{
    pc_jail_cancel(job->jail);
    pc_waiter_cancel(job->engine, job->waiter);
    if (job->build)
        pc_build_cancel(job->build);
    if (job->pair)
        pc_pair_cancel(job->pair);
    if (job->probe)
        pc_probe_cancel(job->probe);
    pc_words_fini(&job->health.others);
    free(job->health.reason);
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
    h->trust = pc_judge_trust(h, &h->reason, &h->remedy);
    job->done(job->ctx, &job->health);
    free_job(job);
}

static void summarize(struct pc_health_job *job)
{
    struct pc_health *h = &job->health;
    size_t n = (size_t)h->restarts;
    pc_sort(job->off, n);
    pc_sort(job->ns, n);
    h->noise_median = pc_quantile_sorted(job->off, n, 0.5);
    h->noise_p90 = pc_quantile_sorted(job->off, n, 0.9);
    double middle = pc_quantile_sorted(job->ns, n, 0.5);
    h->layout =
        (pc_quantile_sorted(job->ns, n, 0.9) - pc_quantile_sorted(job->ns, n, 0.1)) /
        middle;
}

static void give_up(struct pc_health_job *job, const char *why)
{
    if (why != job->trouble.msg)
        pc_fail(&job->trouble, PC_ENVIRONMENT, "%s", why);
    job->health.trouble = job->trouble.msg;
    finish(job);
}

static void ask_next(struct pc_health_job *job);

static void named(void *ctx, struct pc_toolchain *tc, const struct pc_err *err)
{
    struct pc_health_job *job = ctx;
    (void)err;
    job->probe = NULL;
    if (tc && strcmp(pc_toolchain_path(tc), job->health.compiler) != 0)
        pc_words_addf(&job->health.others, "%s%s", pc_toolchain_version(tc),
                      pc_toolchain_sanitizes(tc) ? "" : " (without sanitizers)");
    pc_toolchain_free(tc);
    ask_next(job);
}

static void ask_next(struct pc_health_job *job)
{
    while (job->usual < PC_COUNT(usual) && !pc_toolchain_exists(usual[job->usual]))
        job->usual++;
    if (job->usual == PC_COUNT(usual)) {
        finish(job);
        return;
    }
    job->probe = pc_engine_probe(job->engine, usual[job->usual++], named, job, NULL);
    if (!job->probe)
        ask_next(job);
}

static bool empty_restart(void *ctx, const struct pc_restart *restart)
{
    struct pc_health_job *job = ctx;
    job->health.loop_ns = restart->candidate_ns;
    return false;
}

static void empty_done(void *ctx, const struct pc_pair_end *end)
{
    struct pc_health_job *job = ctx;
    (void)end;
    job->pair = NULL;
    ask_next(job);
}

static void empty_built(void *ctx, const char *path, const struct pc_build *build,
                        const struct pc_err *trouble)
{
    static const struct pc_pair_ops ops = {.restart = empty_restart, .done = empty_done};
    struct pc_health_job *job = ctx;
    job->build = NULL;
    if (!trouble && build->built) {
        struct pc_host_spec host = pc_engine_host(job->engine);
        struct pc_bench_spec bench = {.bench = ""};
        job->pair = pc_pair_start(job->engine->spec.loop, &host, NULL, path, &bench,
                                  pc_rng_fresh_seed(), EMPTY_MS, &ops, job, NULL);
    }
    if (!job->pair)
        ask_next(job);
}

/* A loop without a body says what its own iterations cost; without it nothing is lost. */
static void measure_empty(struct pc_health_job *job)
{
    PC_AUTO(pc_auto_free) char *file = pc_path_join(job->dir, "empty.c");
    size_t n;
    PC_AUTO(pc_auto_free) char *text = pc_file_read(file, PC_KERNEL_MAX, &n, NULL);
    if (text) {
        struct pc_build_spec spec = {.product = PC_SHARED_OBJECT,
                                     .kernel_text = text,
                                     .kernel_len = n,
                                     .kernel_name = "empty.c",
                                     .header_dir = job->dir,
                                     .trusted = true};
        job->build = pc_build_start(job->engine->spec.loop, job->engine->toolchain, &spec,
                                    empty_built, job, NULL);
    }
    if (!job->build)
        ask_next(job);
}

static bool restart(void *ctx, const struct pc_restart *restart)
{
    struct pc_health_job *job = ctx;
    job->ns[job->health.restarts] = restart->candidate_ns;
    job->off[job->health.restarts++] = fabs(expm1(restart->log_ratio));
    return job->health.restarts < HEALTH_RESTARTS;
}

static void pair_done(void *ctx, const struct pc_pair_end *end)
{
    struct pc_health_job *job = ctx;
    job->pair = NULL;
    job->health.busy = end->busy;
    job->health.steal = pc_stolen_since(&job->stolen);
    if (job->health.restarts > 0)
        summarize(job);
    if (end->crash.ending != PC_ENDING_NONE)
        give_up(job, end->crash.what);
    else
        measure_empty(job);
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
    job->stolen = pc_stolen_now();
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

static void jail_seen(void *ctx, const struct pc_jail_found *found)
{
    struct pc_health_job *job = ctx;
    job->jail = NULL;
    job->health.jail = *found;
    job->waiter = pc_engine_when_ready(job->engine, false, NULL, proven, job);
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
    job->health.loop_ns = NAN;
    pc_machine_look(&job->health.machine);
    job->dir = pc_strfmt("%s/checks/selfproof", engine->home);
    job->bench_file = pc_strfmt("%s/bench.c", job->dir);
    PC_AUTO(pc_auto_free) char *kernel = pc_strfmt("%s/selfproof.c", job->dir);
    if (pc_engine_prepare(engine, err) &&
        (job->text = pc_file_read(kernel, PC_KERNEL_MAX, &job->len, err))) {
        struct pc_host_spec host = pc_engine_host(engine);
        job->jail = pc_jail_start(engine->spec.loop, &host, jail_seen, job, err);
    }
    if (job->jail)
        return job;
    free_job(job);
    return NULL;
}
