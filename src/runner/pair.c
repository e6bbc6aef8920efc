#include <inttypes.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "base/usage.h"
#include "runner/busy.h"
#include "runner/latencies.h"
#include "runner/launch.h"
#include "runner/setup.h"
#include "runner/talk.h"

/* Threads wake up and meet, so their batches are longer, and so is what is made of them. */
enum { PARALLEL_WINDOW_MS = 20, PARALLEL_BATCH_NS = 400000 };

/* Each thread has a heap and a stack of its own. */
static const uint64_t thread_memory = UINT64_C(192) << 20;

enum { WINDOW_MS = 16, PAIRS_MIN = 5, PAD_MAX = 4096, SHORT_RESTARTS_MAX = 3 };

/* The longest that a restart waits for its latencies. */
enum { TAILS_MS = 2000 };

/* No two implementations are further apart than this, as a logarithm. */
static const double ratio_max = 25;

struct pc_pair_job {
    struct pc_loop *loop;
    struct pc_host host;
    struct pc_talk talk;
    struct pc_setup setup;
    char *base, *candidate; /* base NULL: the candidate is alone */
    struct pc_rng rng;
    int64_t started, budget_ns;
    int window_ms;
    unsigned threads;  /* 0: kernels use one */
    uint64_t tail_ops; /* 0: pairs are timed, else so many latencies of each side */
    struct pc_busy busy;
    int64_t own_ns; /* processor time of this process at the start, and of the hosts */
    bool measured;  /* this restart has its numbers, the host tears down */
    uint64_t base_n, candidate_n; /* operations in a batch */
    struct pc_restart now;
    int short_restarts; /* in a row, with too few pairs */
    bool doubted;       /* a restart was refused for its times, the next one decides */
    bool calling, cancelled;
    struct pc_pair_end end;
    const struct pc_pair_ops *ops;
    void *ctx;
};

static void free_job(struct pc_pair_job *job)
{
    pc_talk_fini(&job->talk);
    pc_host_fini(&job->host);
    pc_setup_fini(&job->setup);
    free(job->base);
    free(job->candidate);
    free(job);
}

static int64_t own_cpu_ns(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return pc_usage_cpu_ns(&usage);
}

static void finish(struct pc_pair_job *job)
{
    job->end.wall_ns = pc_now() - job->started;
    job->end.busy = pc_busy_since(&job->busy, own_cpu_ns() - job->own_ns);
    job->ops->done(job->ctx, &job->end);
    free_job(job);
}

/* One of the processors that we may run on, -1 when that is not known. */
static int random_cpu(struct pc_rng *rng)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0 || CPU_COUNT(&set) == 0)
        return -1;
    uint64_t left = pc_rng_below(rng, (uint64_t)CPU_COUNT(&set));
    int cpu = 0;
    while (!CPU_ISSET(cpu, &set) || left-- > 0)
        cpu++;
    return cpu;
}

/* At least half of the batches of a side took the median of it or more, so the clock must
 * have gone on by that; and the host was asked to measure for a while. */
static bool is_possible(const struct pc_pair_job *job, int64_t took)
{
    const struct pc_restart *now = &job->now;
    double batches = (double)(now->pairs / 2);
    double claimed = batches * ((double)job->base_n * now->base_ns +
                                (double)job->candidate_n * now->candidate_ns);
    return claimed <= (double)took && took >= job->window_ms * 1000000 / 2 &&
           (now->base_ns > 0 || !job->base) && now->candidate_ns > 0 &&
           fabs(now->log_ratio) <= ratio_max;
}

static void take_pairs(struct pc_pair_job *job, const struct pc_line *line, int64_t took)
{
    struct pc_restart *now = &job->now;
    uint64_t pairs;
    if (!pc_line_u64(line, "pairs", &pairs) || pairs > UINT32_MAX ||
        !pc_line_double(line, "ratio", &now->log_ratio) ||
        (job->base && !pc_line_double(line, "base-ns", &now->base_ns)) ||
        !pc_line_double(line, "candidate-ns", &now->candidate_ns)) {
        pc_talk_refuse(&job->talk, "its timings cannot be read");
        return;
    }
    now->pairs = (uint32_t)pairs;
    const char *base = pc_line_get(line, "base-digest");
    const char *candidate = pc_line_get(line, "candidate-digest");
    if (now->pairs >= PAIRS_MIN && !is_possible(job, took))
        pc_talk_refuse(&job->talk, "it claimed times that cannot be true");
    else if (base && candidate && strcmp(base, candidate) != 0)
        job->end.differs = true;
}

/* So that whoever counts pairs knows this one for whole. */
static void take_tails(struct pc_pair_job *job, const struct pc_line *line, int64_t took)
{
    struct pc_restart *now = &job->now;
    if ((job->base && !pc_latencies_read(line, "base", took, &now->base)) ||
        !pc_latencies_read(line, "candidate", took, &now->candidate)) {
        pc_talk_refuse(&job->talk, "it told latencies that cannot be true");
        return;
    }
    bool enough = now->candidate.ops >= job->tail_ops &&
                  (!job->base || now->base.ops >= job->tail_ops);
    now->pairs = enough ? PAIRS_MIN : 0;
    const char *base = pc_line_get(line, "base-digest");
    const char *candidate = pc_line_get(line, "candidate-digest");
    job->end.differs = base && candidate && strcmp(base, candidate) != 0;
}

static void take_batches(struct pc_pair_job *job, const struct pc_line *line)
{
    if ((job->base && !pc_line_u64(line, "base-n", &job->base_n)) ||
        !pc_line_u64(line, "candidate-n", &job->candidate_n)) {
        pc_talk_refuse(&job->talk, "its batch sizes cannot be read");
        return;
    }
    PC_AUTO(pc_auto_free) char *order =
        job->tail_ops ? pc_strfmt("tails ms=%d ops=%" PRIu64, TAILS_MS, job->tail_ops)
                      : pc_strfmt("pairs ms=%d min=%d", job->window_ms, PAIRS_MIN);
    pc_talk_order(&job->talk, order);
}

static bool inform(void *ctx, const struct pc_line *line)
{
    struct pc_pair_job *job = ctx;
    return pc_setup_inform(&job->setup, line);
}

static void ok(void *ctx, const struct pc_line *line, int64_t took)
{
    struct pc_pair_job *job = ctx;
    if (job->setup.step != PC_SETUP_DONE) {
        pc_setup_ok(&job->setup);
        if (job->setup.step == PC_SETUP_DONE)
            take_batches(job, line);
    } else if (!job->measured) {
        job->measured = true;
        if (job->tail_ops)
            take_tails(job, line, took);
        else
            take_pairs(job, line, took);
        if (!job->talk.failed)
            pc_talk_order(&job->talk, "end");
    } else {
        pc_talk_complete(&job->talk);
    }
}

static bool start_restart(struct pc_pair_job *job, struct pc_err *err);

/* The owner sees a restart, and may cancel the job while it does.  False when nothing is to
 * follow: the job is gone then. */
static bool pass_on(struct pc_pair_job *job)
{
    job->calling = true;
    bool goes_on = job->ops->restart(job->ctx, &job->now);
    job->calling = false;
    if (goes_on && !job->cancelled)
        return true;
    if (job->cancelled)
        free_job(job);
    else
        finish(job);
    return false;
}

static bool went_wrong(struct pc_pair_job *job)
{
    struct pc_pair_end *end = &job->end;
    const struct pc_ends *ends = &job->talk.ends;
    end->differs = end->differs || ends->failed;
    if (ends->crash.ending == PC_ENDING_NONE && !end->differs)
        return false;
    end->crash = ends->crash;
    end->crash_in_base = ends->in_base;
    pc_setup_copy_name(&job->setup, &end->crash);
    if (end->crash.n_frames > 0)
        snprintf(end->crash.object, sizeof end->crash.object, "%s",
                 ends->in_base ? job->base : job->candidate);
    return true;
}

/* A crowded machine can make honest times look impossible, once in many hundred restarts;
 * twice is no accident. */
static bool may_be_bad_luck(const struct pc_pair_job *job)
{
    return !job->doubted && job->setup.step == PC_SETUP_DONE &&
           job->talk.ends.crash.ending == PC_ENDING_REFUSED;
}

static void over(void *ctx)
{
    struct pc_pair_job *job = ctx;
    struct pc_err err;
    job->own_ns -= job->talk.end.cpu_ns;
    if (may_be_bad_luck(job)) {
        job->doubted = true;
        job->now.pairs = 0;
    } else if (went_wrong(job)) {
        finish(job);
        return;
    }
    bool enough = job->now.pairs >= PAIRS_MIN;
    job->short_restarts = enough ? 0 : job->short_restarts + 1;
    if (enough && !pass_on(job))
        return;
    bool too_short = job->short_restarts == SHORT_RESTARTS_MAX;
    /* For latencies, which drop what was interrupted, it is the machine that was in the way. */
    bool interrupted = too_short && job->tail_ops;
    if (too_short && !interrupted) {
        pc_ends_set(&job->end.crash, PC_ENDING_TIME, "too few operations in the time");
        finish(job);
    } else if (interrupted || pc_now() - job->started >= job->budget_ns) {
        job->end.out_of_time = true;
        finish(job);
    } else if (!start_restart(job, &err)) {
        pc_ends_set(&job->end.crash, PC_ENDING_PROTOCOL, "%s", err.msg);
        finish(job);
    }
}

/* A new process each time, with its addresses, its environment's length, the roles of the
 * two and the processor drawn anew: so what they do to the times is averaged out. */
static bool start_restart(struct pc_pair_job *job, struct pc_err *err)
{
    static const struct pc_talk_ops ops = {.inform = inform, .ok = ok, .over = over};
    struct pc_launch launch;
    pc_launch_init(&launch, &job->host, "perfcourse-run");
    pc_launch_arg(&launch, job->base ? "pair" : "solo");
    int cpu = random_cpu(&job->rng);
    if (job->threads)
        pc_launch_arg(&launch, "--threads=%u", job->threads);
    else if (cpu >= 0)
        pc_launch_arg(&launch, "--cpu=%d", cpu);
    if (job->threads)
        pc_launch_arg(&launch, "--batch-ns=%d", PARALLEL_BATCH_NS);
    if (pc_rng_below(&job->rng, 2))
        pc_launch_arg(&launch, "--swap");
    uint64_t threads = job->threads ? job->threads : 1;
    pc_launch_arg(&launch, "--memory=%" PRIu64,
                  job->host.memory + (threads - 1) * thread_memory);
    pc_launch_arg(&launch, "--cpu-s=%" PRIu64,
                  threads * (uint64_t)(job->host.wall_ms / 1000 + 1));
    if (job->base)
        pc_launch_arg(&launch, "%s", job->base);
    pc_launch_arg(&launch, "%s", job->candidate);
    pc_launch_env(&launch, "PERFCOURSE_PAD=%0*d", (int)pc_rng_below(&job->rng, PAD_MAX), 0);
    pc_talk_fini(&job->talk);
    bool fine =
        pc_talk_start(&job->talk, job->loop, pc_launch_spec(&launch), &ops, job, err);
    pc_launch_fini(&launch);
    job->measured = false;
    job->now = (struct pc_restart){0};
    if (fine)
        pc_setup_begin(&job->setup, &job->talk, pc_rng_next(&job->rng));
    return fine;
}

struct pc_pair_job *pc_pair_start(struct pc_loop *loop, const struct pc_host_spec *host,
                                  const char *base, const char *candidate,
                                  const struct pc_bench_spec *bench, uint64_t seed,
                                  int64_t budget_ms, const struct pc_pair_ops *ops,
                                  void *ctx, struct pc_err *err)
{
    struct pc_pair_job *job = pc_alloc(sizeof *job);
    *job = (struct pc_pair_job){
        .loop = loop,
        .base = base ? pc_path_absolute(base, err) : NULL,
        .candidate = pc_path_absolute(candidate, err),
        .started = pc_now(),
        .budget_ns = budget_ms * 1000000,
        .window_ms = bench->window_ms ? bench->window_ms
                     : bench->threads ? PARALLEL_WINDOW_MS
                                      : WINDOW_MS,
        .threads = bench->threads,
        .tail_ops = bench->tail_ops,
        .busy = pc_busy_now(),
        .own_ns = own_cpu_ns(),
        .ops = ops,
        .ctx = ctx,
    };
    pc_rng_init(&job->rng, seed);
    pc_setup_init(&job->setup, bench);
    if ((base && !job->base) || !job->candidate || !pc_host_init(&job->host, host, err) ||
        !start_restart(job, err)) {
        free_job(job);
        return NULL;
    }
    return job;
}

void pc_pair_cancel(struct pc_pair_job *job)
{
    if (!job)
        return;
    if (job->calling)
        job->cancelled = true;
    else
        free_job(job);
}
