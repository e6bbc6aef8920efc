#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "runner/launch.h"
#include "runner/memory.h"
#include "runner/processors.h"
#include "runner/setup.h"
#include "runner/talk.h"
#include "wire/locks.h"
#include "wire/recording.h"

/* Besides the windows: to load, to set up, and to find out that a kernel hangs. */
enum { PATIENCE_MS = 4000 };

/* Threads that there is address space for, however few the bench is given. */
enum { OWN_THREADS = 15 };

/* Each thread has a heap and a stack of its own. */
static const uint64_t thread_memory = UINT64_C(192) << 20;

struct pc_record_job {
    struct pc_host host;
    struct pc_talk talk;
    struct pc_setup setup;
    char *object;
    struct pc_record_spec spec;
    struct pc_memory recording;
    uint64_t batch_ops;
    int64_t began, window_ends;
    bool torn_down;
    struct pc_record_end end;
    const struct pc_record_ops *ops;
    void *ctx;
};

static void free_job(struct pc_record_job *job)
{
    pc_talk_fini(&job->talk);
    pc_host_fini(&job->host);
    pc_setup_fini(&job->setup);
    pc_memory_fini(&job->recording);
    free(job->object);
    free(job);
}

static void order_window(struct pc_record_job *job)
{
    PC_AUTO(pc_auto_free) char *order = pc_strfmt("pairs ms=%d min=1", job->spec.window_ms);
    pc_talk_order(&job->talk, order);
}

static bool wants_more(const struct pc_record_job *job)
{
    return pc_now() < job->window_ends &&
           (!job->ops->more ||
            job->ops->more(job->ctx, job->recording.bytes, job->recording.size));
}

static void take_window(struct pc_record_job *job, const struct pc_line *line)
{
    uint64_t batches;
    if (!pc_line_u64(line, "pairs", &batches)) {
        pc_talk_refuse(&job->talk, "its batches cannot be read");
        return;
    }
    job->end.ops += batches * job->batch_ops;
    if (wants_more(job)) {
        order_window(job);
    } else {
        job->torn_down = true;
        pc_talk_order(&job->talk, "end");
    }
}

static bool inform(void *ctx, const struct pc_line *line)
{
    struct pc_record_job *job = ctx;
    return pc_setup_inform(&job->setup, line);
}

static void ok(void *ctx, const struct pc_line *line, int64_t took)
{
    struct pc_record_job *job = ctx;
    (void)took;
    if (job->torn_down) {
        pc_talk_complete(&job->talk);
        return;
    }
    if (job->setup.step == PC_SETUP_DONE) {
        take_window(job, line);
        return;
    }
    pc_setup_ok(&job->setup);
    if (job->setup.step != PC_SETUP_DONE)
        return;
    if (!pc_line_u64(line, "candidate-n", &job->batch_ops)) {
        pc_talk_refuse(&job->talk, "its batch size cannot be read");
        return;
    }
    job->window_ends = pc_now() + (int64_t)job->spec.most_ms * 1000000;
    order_window(job);
}

/* The host and its workers are gone: nobody writes to the recording any more. */
static void over(void *ctx)
{
    struct pc_record_job *job = ctx;
    pc_setup_end(&job->setup, job->object, &job->recording, &job->end);
    job->end.wall_ns = pc_now() - job->began;
    job->ops->done(job->ctx, &job->end);
    free_job(job);
}

/* Locks are for threads, and what waits for what depends on how many there are at a time: without
 * a number as many as processors. */
static unsigned threads_of(const struct pc_bench_spec *bench,
                           const struct pc_record_spec *spec)
{
    enum { LEAST = 2, MOST = 8 };
    if (bench->threads > 0 || !spec->locks)
        return bench->threads;
    unsigned allowed = pc_processors_allowed();
    return allowed < LEAST ? LEAST : allowed > MOST ? MOST : allowed;
}

static bool launch(struct pc_record_job *job, struct pc_loop *loop, unsigned threads,
                   int share, struct pc_err *err)
{
    static const struct pc_talk_ops ops = {.inform = inform, .ok = ok, .over = over};
    struct pc_launch launch;
    pc_launch_init(&launch, &job->host,
                   job->spec.locks ? "perfcourse-locks" : "perfcourse-profile");
    launch.spec.share = share;
    launch.spec.wall_ms = job->spec.most_ms + job->host.wall_ms;
    if (job->spec.wall)
        pc_launch_arg(&launch, "--wall");
    if (job->spec.hz)
        pc_launch_arg(&launch, "--hz=%u", job->spec.hz);
    if (threads)
        pc_launch_arg(&launch, "--threads=%u", threads);
    uint64_t more = threads ? threads - 1 : 0;
    /* A file that is looked at for its locks starts threads of its own. */
    uint64_t room = job->spec.locks && more < OWN_THREADS ? OWN_THREADS : more;
    pc_launch_arg(&launch, "--memory=%" PRIu64,
                  job->host.memory + job->recording.size + room * thread_memory);
    /* Threads that nobody has announced use as many processors as there are. */
    unsigned processors = pc_processors_allowed();
    int64_t busy = (int64_t)(more + 1 > processors ? more + 1 : processors);
    pc_launch_arg(&launch, "--cpu-s=%" PRId64, busy * (launch.spec.wall_ms / 1000 + 1));
    pc_launch_arg(&launch, "%s", job->object);
    bool fine = pc_talk_start(&job->talk, loop, pc_launch_spec(&launch), &ops, job, err);
    pc_launch_fini(&launch);
    return fine;
}

struct pc_record_job *pc_record_start(struct pc_loop *loop, const struct pc_host_spec *host,
                                      const char *object, const struct pc_bench_spec *bench,
                                      const struct pc_record_spec *spec, uint64_t seed,
                                      const struct pc_record_ops *ops, void *ctx,
                                      struct pc_err *err)
{
    struct pc_record_job *job = pc_alloc(sizeof *job);
    *job = (struct pc_record_job){.object = pc_path_absolute(object, err),
                                  .spec = *spec,
                                  .began = pc_now(),
                                  .ops = ops,
                                  .ctx = ctx};
    pc_setup_init(&job->setup, bench);
    struct pc_host_spec patient = *host;
    if (!patient.wall_ms)
        patient.wall_ms = PATIENCE_MS;
    bool fine = job->object && pc_host_init(&job->host, &patient, err);
    size_t size = spec->locks ? sizeof(struct pc_recorded_locks) : PC_RECORDING_BYTES;
    int fd = fine ? pc_memory_open(&job->recording, size, err) : -1;
    fine = fd >= 0 && launch(job, loop, threads_of(bench, spec), fd, err);
    if (fd >= 0)
        close(fd);
    if (!fine) {
        free_job(job);
        return NULL;
    }
    pc_setup_begin(&job->setup, &job->talk, seed);
    return job;
}

void pc_record_cancel(struct pc_record_job *job)
{
    if (job)
        free_job(job);
}
