#include "engine/tails.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "engine/internal.h"

struct pc_tails_job {
    struct pc_pair_job *pair;
    struct pc_tail_judge *judge;
    const struct pc_tails_ops *ops;
    void *ctx;
    int64_t began;
    bool telling, cancelled; /* cancelled while the owner was told */
    struct pc_tails found;
};

static void free_job(struct pc_tails_job *job)
{
    if (job->pair)
        pc_pair_cancel(job->pair);
    pc_tail_judge_free(job->judge);
    free(job);
}

void pc_tails_cancel(struct pc_tails_job *job)
{
    if (job && job->telling)
        job->cancelled = true;
    else if (job)
        free_job(job);
}

static bool restarted(void *ctx, const struct pc_restart *restart)
{
    struct pc_tails_job *job = ctx;
    enum pc_decision decision = pc_tail_judge_add(job->judge, restart);
    pc_tail_judge_summary(job->judge, false, &job->found);
    job->found.wall_ns = pc_now() - job->began;
    job->telling = true;
    job->ops->restart(job->ctx, &job->found);
    job->telling = false;
    if (job->cancelled) {
        free_job(job);
        return false;
    }
    return decision == PC_GOES_ON;
}

static void ended(void *ctx, const struct pc_pair_end *end)
{
    struct pc_tails_job *job = ctx;
    struct pc_tails *found = &job->found;
    job->pair = NULL;
    pc_tail_judge_summary(job->judge, end->out_of_time, found);
    found->crash = end->crash;
    found->crash_in_base = end->crash_in_base;
    found->differs = end->differs;
    found->wall_ns = end->wall_ns;
    found->busy = end->busy;
    job->ops->done(job->ctx, found);
    free_job(job);
}

struct pc_tails_job *pc_tails_start(struct pc_engine *engine,
                                    const struct pc_tails_spec *spec,
                                    const struct pc_tails_ops *ops, void *ctx,
                                    struct pc_err *err)
{
    static const struct pc_pair_ops pair_ops = {.restart = restarted, .done = ended};
    struct pc_tails_job *job = pc_alloc(sizeof *job);
    *job = (struct pc_tails_job){.judge = pc_tail_judge_create(spec->limit),
                                 .ops = ops,
                                 .ctx = ctx,
                                 .began = pc_now()};
    struct pc_host_spec host = pc_engine_host(engine);
    struct pc_bench_spec bench = {.bench = spec->limit->bench,
                                  .size = spec->limit->at,
                                  .tail_ops = pc_tail_ops(spec->limit)};
    job->pair = pc_pair_start(engine->spec.loop, &host, spec->base, spec->kernel, &bench,
                              spec->seed, spec->budget_ms, &pair_ops, job, err);
    if (job->pair)
        return job;
    free_job(job);
    return NULL;
}
