#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/path.h"
#include "runner/ends.h"
#include "runner/launch.h"

struct pc_program_job {
    struct pc_child *child;
    const struct pc_program_ops *ops;
    void *ctx;
};

static void on_data(void *ctx, enum pc_stream stream, const char *data, size_t n)
{
    struct pc_program_job *job = ctx;
    if (job->ops->data)
        job->ops->data(job->ctx, stream == PC_ERR, data, n);
}

static void on_done(void *ctx, const struct pc_child_end *end)
{
    struct pc_program_job *job = ctx;
    struct pc_crash crash = {0};
    if (end->why != PC_END_EXITED)
        pc_ends_process(end, &crash);
    job->ops->done(job->ctx, end->status, &crash);
    free(job);
}

static bool start(struct pc_program_job *job, struct pc_loop *loop,
                  const struct pc_host *host, const char *const *argv, struct pc_err *err)
{
    static const struct pc_child_ops child_ops = {.data = on_data, .done = on_done};
    PC_AUTO(pc_auto_free) char *program = pc_path_absolute(argv[0], err);
    if (!program)
        return false;
    struct pc_launch launch;
    pc_launch_init(&launch, host, "perfcourse-run");
    pc_launch_arg(&launch, "exec");
    pc_launch_arg(&launch, "--memory=%" PRIu64, host->memory);
    if (host->counter)
        pc_launch_arg(&launch, "--forks");
    if (host->counter)
        pc_launch_arg(&launch, "--read=%s", host->counter);
    if (host->reads)
        pc_launch_arg(&launch, "--read=%s", host->reads);
    pc_launch_arg(&launch, "%s", program);
    for (size_t i = 1; argv[i]; i++)
        pc_launch_arg(&launch, "%s", argv[i]);
    /* What it prints is for a person who can stop it. */
    launch.spec.output = 0;
    job->child = pc_child_start(loop, pc_launch_spec(&launch), &child_ops, job, err);
    pc_launch_fini(&launch);
    return job->child != NULL;
}

struct pc_program_job *pc_program_start(struct pc_loop *loop,
                                        const struct pc_host_spec *host,
                                        const char *const *argv,
                                        const struct pc_program_ops *ops, void *ctx,
                                        struct pc_err *err)
{
    struct pc_host copy;
    if (!pc_host_init(&copy, host, err))
        return NULL;
    struct pc_program_job *job = pc_alloc(sizeof *job);
    *job = (struct pc_program_job){.ops = ops, .ctx = ctx};
    bool fine = start(job, loop, &copy, argv, err);
    pc_host_fini(&copy);
    if (fine)
        return job;
    free(job);
    return NULL;
}

void pc_program_cancel(struct pc_program_job *job)
{
    if (!job)
        return;
    pc_child_abandon(job->child);
    free(job);
}
