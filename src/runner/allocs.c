#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "runner/launch.h"
#include "runner/memory.h"
#include "runner/setup.h"
#include "runner/talk.h"
#include "wire/sites.h"

/* As checks do, so that what only the first operations allocate is left out here, too. */
enum { WARM_UP = 2 };

struct pc_allocs_job {
    struct pc_host host;
    struct pc_talk talk;
    struct pc_setup setup;
    struct pc_memory recording;
    char *object;
    uint32_t ops;
    bool counted; /* the host tears down */
    int64_t began;
    struct pc_record_end end;
    void (*done)(void *ctx, const struct pc_record_end *end);
    void *ctx;
};

static void free_job(struct pc_allocs_job *job)
{
    pc_talk_fini(&job->talk);
    pc_host_fini(&job->host);
    pc_setup_fini(&job->setup);
    pc_memory_fini(&job->recording);
    free(job->object);
    free(job);
}

static bool inform(void *ctx, const struct pc_line *line)
{
    struct pc_allocs_job *job = ctx;
    if (job->setup.step != PC_SETUP_DONE)
        return pc_setup_inform(&job->setup, line);
    const char *name = pc_line_get(line, "name");
    if (strcmp(line->verb, "metric") == 0 && name && strcmp(name, "allocs/op") == 0)
        return pc_line_double(line, "mean", &job->end.allocs);
    return true; /* the rest is in the recording */
}

static void ok(void *ctx, const struct pc_line *line, int64_t took)
{
    struct pc_allocs_job *job = ctx;
    (void)took;
    if (job->counted) {
        pc_talk_complete(&job->talk);
    } else if (job->setup.step == PC_SETUP_DONE) {
        if (!pc_line_u64(line, "n", &job->end.ops) || job->end.ops != job->ops) {
            job->end.ops = 0;
            pc_talk_refuse(&job->talk, "it counted other operations than it was asked to");
            return;
        }
        job->counted = true;
        pc_talk_order(&job->talk, "end");
    } else {
        pc_setup_ok(&job->setup);
        if (job->setup.step != PC_SETUP_DONE)
            return;
        PC_AUTO(pc_auto_free) char *order =
            pc_strfmt("ops n=%" PRIu32 " warmup=%d", job->ops, WARM_UP);
        pc_talk_order(&job->talk, order);
    }
}

/* The host and its worker are gone: nobody writes to the recording any more. */
static void over(void *ctx)
{
    struct pc_allocs_job *job = ctx;
    pc_setup_end(&job->setup, job->object, &job->recording, &job->end);
    job->end.wall_ns = pc_now() - job->began;
    job->done(job->ctx, &job->end);
    free_job(job);
}

static bool launch(struct pc_allocs_job *job, struct pc_loop *loop, int share,
                   struct pc_err *err)
{
    static const struct pc_talk_ops ops = {.inform = inform, .ok = ok, .over = over};
    struct pc_launch launch;
    pc_launch_init(&launch, &job->host, "perfcourse-count");
    launch.spec.share = share;
    pc_launch_arg(&launch, "--stacks");
    pc_launch_arg(&launch, "--memory=%" PRIu64, job->host.memory + job->recording.size);
    pc_launch_arg(&launch, "--cpu-s=%" PRId64, job->host.wall_ms / 1000 + 1);
    pc_launch_arg(&launch, "%s", job->object);
    bool fine = pc_talk_start(&job->talk, loop, pc_launch_spec(&launch), &ops, job, err);
    pc_launch_fini(&launch);
    return fine;
}

struct pc_allocs_job *
pc_allocs_start(struct pc_loop *loop, const struct pc_host_spec *host, const char *object,
                const struct pc_bench_spec *bench, uint32_t ops, uint64_t seed,
                void (*done)(void *ctx, const struct pc_record_end *end), void *ctx,
                struct pc_err *err)
{
    struct pc_allocs_job *job = pc_alloc(sizeof *job);
    *job = (struct pc_allocs_job){.object = pc_path_absolute(object, err),
                                  .ops = ops,
                                  .began = pc_now(),
                                  .done = done,
                                  .ctx = ctx};
    pc_setup_init(&job->setup, bench);
    bool fine = job->object && pc_host_init(&job->host, host, err);
    int fd =
        fine ? pc_memory_open(&job->recording, sizeof(struct pc_recorded_sites), err) : -1;
    fine = fd >= 0 && launch(job, loop, fd, err);
    if (fd >= 0)
        close(fd);
    if (!fine) {
        free_job(job);
        return NULL;
    }
    pc_setup_begin(&job->setup, &job->talk, seed);
    return job;
}

void pc_allocs_cancel(struct pc_allocs_job *job)
{
    if (job)
        free_job(job);
}
