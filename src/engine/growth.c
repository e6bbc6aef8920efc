#include "engine/growth.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/rng.h"
#include "engine/internal.h"

/* An exponent over a factor of 16 does not need times to the percent, so that a restart
 * measures for a quarter of the usual time. */
enum { WINDOW_MS = 4, SMALL_RESTARTS = 3, ROUNDS_SHOWN = 7 };

struct pc_growth_job {
    struct pc_engine *engine;
    struct pc_growth_limit limit;
    char *base, *kernel;
    int64_t budget_ms, began;
    const struct pc_growth_ops *ops;
    void *ctx;
    struct pc_growth_judge *judge;
    struct pc_rng rng;
    struct pc_timer *timer; /* the next process, from the loop */
    struct pc_pair_job *pair;
    bool comparing; /* with the starter, at the smallest size */
    uint32_t compared;
    size_t order[PC_GROWTH_SIZES], at; /* sizes of this round in their random order */
    double times[PC_GROWTH_SIZES];
    struct pc_growth found;
};

static void free_job(struct pc_growth_job *job)
{
    pc_timer_free(job->timer);
    if (job->pair)
        pc_pair_cancel(job->pair);
    pc_growth_judge_free(job->judge);
    free(job->base);
    free(job->kernel);
    free(job);
}

void pc_growth_cancel(struct pc_growth_job *job)
{
    if (job)
        free_job(job);
}

static void finish(struct pc_growth_job *job, bool out_of_time)
{
    pc_growth_judge_summary(job->judge, out_of_time, &job->found);
    job->found.wall_ns = pc_now() - job->began;
    job->ops->done(job->ctx, &job->found);
    free_job(job);
}

static bool is_out_of_time(const struct pc_growth_job *job)
{
    return pc_now() - job->began >= job->budget_ms * 1000000;
}

static void begin_round(struct pc_growth_job *job)
{
    size_t n = job->limit.n;
    for (size_t i = 0; i < n; i++) {
        size_t k = pc_rng_below(&job->rng, i + 1);
        job->order[i] = job->order[k];
        job->order[k] = i;
    }
    job->at = 0;
}

static size_t size_now(const struct pc_growth_job *job)
{
    return job->limit.sizes[job->comparing ? 0 : job->order[job->at]];
}

static bool restarted(void *ctx, const struct pc_restart *restart)
{
    struct pc_growth_job *job = ctx;
    if (!job->comparing) {
        job->times[job->order[job->at]] = restart->candidate_ns;
        return false;
    }
    double ratio = exp(restart->log_ratio);
    /* The best of them: a fault is only what is slow in each. */
    if (!(job->found.small_ratio >= ratio))
        job->found.small_ratio = ratio;
    return ++job->compared < SMALL_RESTARTS && !is_out_of_time(job);
}

/* One process is over: on to the next size, the next round, or the end. */
static void go_on(struct pc_growth_job *job);

static void start_next(void *ctx);

static void later(struct pc_growth_job *job)
{
    pc_timer_free(job->timer);
    job->timer = pc_timer_start(job->engine->spec.loop, 0, start_next, job);
}

static void ended(void *ctx, const struct pc_pair_end *end)
{
    struct pc_growth_job *job = ctx;
    job->pair = NULL;
    job->found.busy = fmax(job->found.busy, end->busy);
    if (end->crash.ending != PC_ENDING_NONE || end->differs) {
        struct pc_crash *crash = &job->found.crash;
        *crash = end->crash;
        snprintf(crash->during, sizeof crash->during, "%.30s at n = %zu", end->crash.during,
                 size_now(job));
        job->found.differs = end->differs;
        job->found.crash_in_base = end->crash_in_base;
        finish(job, false);
        return;
    }
    go_on(job);
}

static void round_over(struct pc_growth_job *job)
{
    bool judged = !isnan(job->limit.max);
    enum pc_decision decision = pc_growth_judge_add(job->judge, job->times);
    pc_growth_judge_summary(job->judge, false, &job->found);
    job->found.wall_ns = pc_now() - job->began;
    bool enough = judged ? decision != PC_GOES_ON : job->found.rounds >= ROUNDS_SHOWN;
    bool out_of_time = is_out_of_time(job);
    if (enough || out_of_time) {
        finish(job, out_of_time);
        return;
    }
    begin_round(job);
    later(job);
    job->ops->round(job->ctx, &job->found); /* may cancel the job */
}

static void go_on(struct pc_growth_job *job)
{
    if (job->comparing) {
        job->comparing = false;
        later(job);
    } else if (++job->at == job->limit.n) {
        round_over(job);
    } else if (is_out_of_time(job) && job->found.rounds > 0) {
        finish(job, true);
    } else {
        later(job);
    }
}

static bool start_pair(struct pc_growth_job *job, struct pc_err *err)
{
    static const struct pc_pair_ops ops = {.restart = restarted, .done = ended};
    struct pc_host_spec host = pc_engine_host(job->engine);
    struct pc_bench_spec bench = {
        .bench = job->limit.bench, .size = size_now(job), .window_ms = WINDOW_MS};
    job->pair = pc_pair_start(job->engine->spec.loop, &host,
                              job->comparing ? job->base : NULL, job->kernel, &bench,
                              pc_rng_next(&job->rng), job->budget_ms, &ops, job, err);
    return job->pair != NULL;
}

static void start_next(void *ctx)
{
    struct pc_growth_job *job = ctx;
    struct pc_err err;
    /* Until it is told: a restart may end without numbers. */
    if (!job->comparing)
        job->times[job->order[job->at]] = NAN;
    if (start_pair(job, &err))
        return;
    job->found.crash.ending = PC_ENDING_PROTOCOL;
    snprintf(job->found.crash.what, sizeof job->found.crash.what, "%.255s", err.msg);
    finish(job, false);
}

struct pc_growth_job *pc_growth_start(struct pc_engine *engine,
                                      const struct pc_growth_spec *spec,
                                      const struct pc_growth_ops *ops, void *ctx,
                                      struct pc_err *err)
{
    struct pc_growth_job *job = pc_alloc(sizeof *job);
    *job = (struct pc_growth_job){
        .engine = engine,
        .limit = *spec->limit,
        .base = spec->base ? pc_strdup(spec->base) : NULL,
        .kernel = pc_strdup(spec->kernel),
        .budget_ms = spec->budget_ms,
        .began = pc_now(),
        .ops = ops,
        .ctx = ctx,
        .judge = pc_growth_judge_create(spec->limit),
        .comparing = spec->base != NULL,
        .found = {.small_ratio = NAN},
    };
    pc_rng_init(&job->rng, spec->seed);
    begin_round(job);
    if (!start_pair(job, err)) {
        free_job(job);
        return NULL;
    }
    return job;
}
