#include "host/stopwatch.h"

#include <time.h>

static uint64_t read_clock(clockid_t clock)
{
    struct timespec ts;
    clock_gettime(clock, &ts);
    return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

static void stop_timer(struct bench *b)
{
    struct bench_core *core = bench_core_of(b);
    uint64_t now = read_clock(pc_worker_of(b)->clock);
    if (core->timing)
        core->elapsed += now - core->started;
    core->timing = false;
}

static void start_timer(struct bench *b)
{
    struct bench_core *core = bench_core_of(b);
    if (core->timing)
        return;
    core->timing = true;
    core->started = read_clock(pc_worker_of(b)->clock);
}

static void reset_timer(struct bench *b)
{
    struct bench_core *core = bench_core_of(b);
    core->elapsed = 0;
    core->started = read_clock(pc_worker_of(b)->clock);
}

/* The first and the last of several threads need not be the same one. */
static clockid_t cpu_clock(const struct pc_worker *worker)
{
    return worker->has_crew ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_THREAD_CPUTIME_ID;
}

/* The processor time is read outside of the timed span: reading it is a system call. */
static void begin(struct pc_worker *worker)
{
    struct bench_core *core = &worker->core;
    worker->clock =
        worker->box->order.batch.cpu_clock ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC;
    worker->box->answer.batch.pre = bench_core_now() - worker->received;
    worker->cpu_began = read_clock(cpu_clock(worker));
    core->elapsed = 0;
    core->timing = true;
    worker->began = core->started = read_clock(worker->clock);
}

static void end(struct pc_worker *worker)
{
    struct bench_core *core = &worker->core;
    uint64_t now = read_clock(worker->clock);
    if (core->timing)
        core->elapsed += now - core->started;
    core->timing = false;
    struct pc_batch_answer *answer = &worker->box->answer.batch;
    answer->cpu = read_clock(cpu_clock(worker)) - worker->cpu_began;
    answer->span = now - worker->began;
    answer->elapsed = core->elapsed;
}

static void adapt(struct bench_host *table)
{
    table->stop_timer = stop_timer;
    table->start_timer = start_timer;
    table->reset_timer = reset_timer;
}

const struct pc_meter pc_stopwatch = {.begin = begin, .end = end, .adapt = adapt};
