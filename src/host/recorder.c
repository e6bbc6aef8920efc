#include "host/recorder.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/stopwatch.h"
#include "wire/line.h"

/* A meter has no argument of its own: what to record into is global to this file. */
static struct {
    void *memory;
    size_t size;
    const struct pc_host_options *options;
} plan;

bool pc_recorder_use(const struct pc_host_options *options)
{
    struct stat st;
    if (fstat(PC_WIRE_RECORDING, &st) != 0 || st.st_size <= 0)
        return false;
    plan.size = (size_t)st.st_size;
    plan.memory =
        mmap(NULL, plan.size, PROT_READ | PROT_WRITE, MAP_SHARED, PC_WIRE_RECORDING, 0);
    close(PC_WIRE_RECORDING);
    plan.options = options;
    return plan.memory != MAP_FAILED;
}

/* All that the bench calls is loaded now. */
static bool set_up(struct pc_worker *worker)
{
    const char *trouble = pc_recorder.open(worker, plan.memory, plan.size, plan.options);
    return bench_expect(&worker->core.b, !trouble, "%s", trouble);
}

static void over(struct pc_worker *worker)
{
    (void)worker;
    pc_recorder.close();
}

static void begin(struct pc_worker *worker)
{
    pc_stopwatch.begin(worker);
    pc_recorder.go();
}

static void end(struct pc_worker *worker)
{
    pc_recorder.pause();
    if (pc_recorder.count)
        pc_recorder.count(worker->box->order.batch.timed);
    pc_stopwatch.end(worker);
}

static void stop_timer(struct bench *b)
{
    struct bench_host table;
    pc_recorder.pause();
    pc_stopwatch.adapt(&table);
    table.stop_timer(b);
}

static void start_timer(struct bench *b)
{
    struct bench_host table;
    pc_stopwatch.adapt(&table);
    table.start_timer(b);
    if (pc_worker_of(b)->phase == PC_PHASE_TIMED)
        pc_recorder.go();
}

static void adapt(struct bench_host *table)
{
    pc_stopwatch.adapt(table);
    table->stop_timer = stop_timer;
    table->start_timer = start_timer;
}

const struct pc_meter pc_recording_meter = {
    .begin = begin, .end = end, .set_up = set_up, .over = over, .adapt = adapt};
