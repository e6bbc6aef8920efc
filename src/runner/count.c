#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "base/text.h"
#include "runner/launch.h"
#include "runner/setup.h"
#include "runner/talk.h"

/* The last run, if it is asked for, follows system calls. */
enum { RUNS = 2, CALLS_RUN = RUNS, WARM_UP = 2 };

struct pc_count_job {
    struct pc_loop *loop;
    struct pc_host host;
    struct pc_talk talk;
    struct pc_setup setup;
    char *object;
    uint32_t ops;
    struct pc_rng rng;
    bool calls;
    int run;      /* 0 .. RUNS-1, CALLS_RUN */
    bool counted; /* this run has its numbers, the host tears down */
    struct pc_counts now, sum;
    void (*done)(void *ctx, const struct pc_counts *counts);
    void *ctx;
};

static bool read_metric(const struct pc_line *line, struct pc_metrics *metrics)
{
    const char *name = pc_line_get(line, "name");
    struct pc_metric metric;
    if (!name || !*name || strlen(name) >= sizeof metric.name)
        return false;
    pc_text_copy_line(metric.name, sizeof metric.name, name, strlen(name));
    if (strcmp(metric.name, name) != 0 || !pc_line_double(line, "min", &metric.min) ||
        !pc_line_double(line, "max", &metric.max) ||
        !pc_line_double(line, "mean", &metric.mean) || metric.min > metric.max)
        return false;
    if (pc_metrics_find(metrics, name) || metrics->n >= PC_METRICS_MAX)
        return false;
    metrics->items[metrics->n++] = metric;
    return true;
}

/* The host tells sums; address 0 is where it could not see who called. */
static bool read_site(const struct pc_line *line, uint32_t ops, struct pc_counts *counts)
{
    struct pc_site site = {0};
    if (!pc_line_hex(line, "address", &site.address) ||
        !pc_line_double(line, "allocs", &site.allocs) ||
        !pc_line_double(line, "bytes", &site.bytes))
        return false;
    site.allocs /= ops;
    site.bytes /= ops;
    if (site.address != 0 && counts->n_sites < PC_COUNT(counts->sites))
        counts->sites[counts->n_sites++] = site;
    return true;
}

static bool read_leak(const struct pc_line *line, struct pc_counts *counts)
{
    struct pc_site leak = {0};
    if (!pc_line_hex(line, "address", &leak.address) ||
        !pc_line_double(line, "allocs", &leak.allocs) ||
        !pc_line_double(line, "bytes", &leak.bytes) ||
        counts->n_leaks == PC_COUNT(counts->leaks))
        return false;
    counts->leaks[counts->n_leaks++] = leak;
    return true;
}

static bool inform(void *ctx, const struct pc_line *line)
{
    struct pc_count_job *job = ctx;
    if (job->setup.step != PC_SETUP_DONE)
        return pc_setup_inform(&job->setup, line);
    if (job->counted)
        return strcmp(line->verb, "leak") == 0 && read_leak(line, &job->now);
    if (strcmp(line->verb, "metric") == 0)
        return read_metric(line, &job->now.metrics);
    return strcmp(line->verb, "site") == 0 && read_site(line, job->ops, &job->now);
}

static void order_ops(struct pc_count_job *job)
{
    PC_AUTO(pc_auto_free) char *order =
        pc_strfmt("ops n=%" PRIu32 " warmup=%d", job->ops, WARM_UP);
    pc_talk_order(&job->talk, order);
}

static void take_end(struct pc_count_job *job, const struct pc_line *line)
{
    uint64_t left;
    struct pc_metrics *metrics = &job->now.metrics;
    if (!pc_line_u64(line, "leaked-B", &job->now.leaked_bytes) ||
        !pc_line_u64(line, "leaked-allocs", &job->now.leaked_allocs) ||
        !pc_line_u64(line, "threads-left", &left)) {
        pc_talk_refuse(&job->talk, "its leaks cannot be read");
        return;
    }
    double n = (double)left;
    if (job->run != CALLS_RUN && metrics->n < PC_METRICS_MAX)
        metrics->items[metrics->n++] =
            (struct pc_metric){.name = "threads-left", .min = n, .max = n, .mean = n};
    pc_talk_complete(&job->talk);
}

static void ok(void *ctx, const struct pc_line *line, int64_t took)
{
    (void)took;
    struct pc_count_job *job = ctx;
    uint64_t n;
    if (job->setup.step != PC_SETUP_DONE) {
        pc_setup_ok(&job->setup);
        if (job->setup.step == PC_SETUP_DONE)
            order_ops(job);
    } else if (job->counted) {
        take_end(job, line);
    } else if (!pc_line_u64(line, "n", &n) || n > job->ops ||
               (job->run == CALLS_RUN ? n == 0 : n != job->ops)) {
        pc_talk_refuse(&job->talk, "it counted other operations than it was asked to");
    } else {
        job->counted = true;
        pc_talk_order(&job->talk, "end");
    }
}

static void free_job(struct pc_count_job *job)
{
    pc_talk_fini(&job->talk);
    pc_host_fini(&job->host);
    pc_setup_fini(&job->setup);
    free(job->object);
    free(job);
}

static bool same(const struct pc_counts *a, const struct pc_counts *b)
{
    bool equal = a->metrics.n == b->metrics.n && a->leaked_bytes == b->leaked_bytes &&
                 a->leaked_allocs == b->leaked_allocs;
    for (size_t i = 0; equal && i < a->metrics.n; i++) {
        const struct pc_metric *one = &a->metrics.items[i];
        if (!pc_metric_is_exact(one->name))
            continue;
        const struct pc_metric *other = pc_metrics_find(&b->metrics, one->name);
        equal = other && one->min == other->min && one->max == other->max &&
                one->mean == other->mean;
    }
    return equal;
}

/* Means over both runs, as those of the metrics are. */
static void merge_sites(struct pc_counts *sum, const struct pc_counts *now)
{
    for (size_t i = 0; i < sum->n_sites; i++) {
        sum->sites[i].allocs /= 2;
        sum->sites[i].bytes /= 2;
    }
    for (size_t i = 0; i < now->n_sites; i++) {
        const struct pc_site *site = &now->sites[i];
        size_t k = 0;
        while (k < sum->n_sites && sum->sites[k].address != site->address)
            k++;
        if (k == PC_COUNT(sum->sites))
            continue;
        if (k == sum->n_sites)
            sum->sites[sum->n_sites++] = (struct pc_site){.address = site->address};
        sum->sites[k].allocs += site->allocs / 2;
        sum->sites[k].bytes += site->bytes / 2;
    }
}

static void merge(struct pc_counts *sum, const struct pc_counts *now)
{
    merge_sites(sum, now);
    sum->agree = sum->agree && same(sum, now);
    pc_metrics_merge(&sum->metrics, &now->metrics);
    if (now->leaked_bytes > sum->leaked_bytes) {
        sum->leaked_bytes = now->leaked_bytes;
        sum->leaked_allocs = now->leaked_allocs;
        memcpy(sum->leaks, now->leaks, sizeof sum->leaks);
        sum->n_leaks = now->n_leaks;
    }
}

static bool start_run(struct pc_count_job *job, struct pc_err *err);

static void finish(struct pc_count_job *job)
{
    job->done(job->ctx, &job->sum);
    free_job(job);
}

static void note_crash(struct pc_count_job *job)
{
    struct pc_crash *crash = &job->sum.crash;
    *crash = job->talk.ends.crash;
    if (job->talk.ends.failed)
        crash->ending = PC_ENDING_PROTOCOL;
    if (crash->n_frames > 0)
        snprintf(crash->object, sizeof crash->object, "%s", job->object);
    pc_setup_copy_name(&job->setup, crash);
}

/* The machine does not let system calls be followed: that is known before a kernel runs. */
static bool cannot_follow(const struct pc_count_job *job)
{
    return job->run == CALLS_RUN && job->setup.step == PC_SETUP_HELLO &&
           job->talk.ends.crash.ending == PC_ENDING_PROTOCOL;
}

static void over(void *ctx)
{
    struct pc_count_job *job = ctx;
    struct pc_err err;
    if (cannot_follow(job)) {
        snprintf(job->sum.missing, sizeof job->sum.missing, "%s",
                 job->talk.ends.crash.what);
        finish(job);
        return;
    }
    if (job->talk.ends.crash.ending != PC_ENDING_NONE || job->talk.ends.failed) {
        note_crash(job);
        finish(job);
        return;
    }
    if (job->run == 0) {
        job->sum = job->now;
        job->sum.agree = true;
    } else if (job->run < RUNS) {
        merge(&job->sum, &job->now);
    } else {
        pc_metrics_merge(&job->sum.metrics, &job->now.metrics);
    }
    job->run++;
    job->sum.ran = job->run >= RUNS;
    if (job->run == RUNS + job->calls) {
        finish(job);
    } else if (!start_run(job, &err)) {
        pc_ends_set(&job->sum.crash, PC_ENDING_PROTOCOL, "%s", err.msg);
        finish(job);
    }
}

static bool start_run(struct pc_count_job *job, struct pc_err *err)
{
    static const struct pc_talk_ops ops = {.inform = inform, .ok = ok, .over = over};
    struct pc_launch launch;
    pc_launch_init(&launch, &job->host, "perfcourse-count");
    if (job->run == CALLS_RUN)
        pc_launch_arg(&launch, "--calls");
    pc_launch_arg(&launch, "--memory=%" PRIu64, job->host.memory);
    pc_launch_arg(&launch, "--cpu-s=%" PRId64, job->host.wall_ms / 1000 + 1);
    pc_launch_arg(&launch, "%s", job->object);
    pc_talk_fini(&job->talk);
    job->now = (struct pc_counts){0};
    bool fine =
        pc_talk_start(&job->talk, job->loop, pc_launch_spec(&launch), &ops, job, err);
    pc_launch_fini(&launch);
    job->counted = false;
    if (fine)
        pc_setup_begin(&job->setup, &job->talk, pc_rng_next(&job->rng));
    return fine;
}

struct pc_count_job *pc_count_start(struct pc_loop *loop, const struct pc_host_spec *host,
                                    const char *object, const struct pc_bench_spec *bench,
                                    uint32_t ops, uint64_t seed,
                                    void (*done)(void *ctx, const struct pc_counts *counts),
                                    void *ctx, struct pc_err *err)
{
    struct pc_count_job *job = pc_alloc(sizeof *job);
    *job = (struct pc_count_job){
        .loop = loop,
        .object = pc_path_absolute(object, err),
        .ops = ops,
        .calls = bench->calls,
        .done = done,
        .ctx = ctx,
    };
    pc_rng_init(&job->rng, seed);
    pc_setup_init(&job->setup, bench);
    if (!job->object || !pc_host_init(&job->host, host, err) || !start_run(job, err)) {
        free_job(job);
        return NULL;
    }
    return job;
}

void pc_count_cancel(struct pc_count_job *job)
{
    if (job)
        free_job(job);
}
