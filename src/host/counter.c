/*
 * Batches measured by counters instead of clocks.
 */
#include "host/chain.h"
#include "host/count.h"
#include "sampling/mute.h"
#include "sampling/sites.h"

/* The meter's functions and those of a bench_host table have no argument for these. */
static struct pc_tally *shared;
static struct pc_recorded_sites *shared_sites;

void pc_counter_use(struct pc_tally *tally, struct pc_recorded_sites *sites)
{
    shared = tally;
    shared_sites = sites;
}

static void stop_timer(struct bench *b)
{
    bench_core_of(b)->timing = false;
    pc_tally_close();
}

static void start_timer(struct bench *b)
{
    struct bench_core *core = bench_core_of(b);
    if (core->timing || pc_worker_of(b)->phase != PC_PHASE_TIMED)
        return;
    core->timing = true;
    pc_tally_open();
}

static void reset_timer(struct bench *b)
{
    struct bench_core *core = bench_core_of(b);
    pc_tally_close();
    pc_tally_reset();
    if (core->timing)
        pc_tally_open();
}

/* What the host's own functions allocate on the way is not the kernel's. */
static void *guarded(struct bench *b, size_t n)
{
    pc_mute();
    void *p = bench_core_table.guarded(b, n);
    pc_unmute();
    return p;
}

static void latency(struct bench *b, uint64_t ns)
{
    pc_mute();
    bench_core_table.latency(b, ns);
    pc_unmute();
}

static void begin(struct pc_worker *worker)
{
    worker->core.timing = true;
    pc_tally_clear();
    pc_tally_open();
}

static void end(struct pc_worker *worker)
{
    worker->core.timing = false;
    pc_tally_close();
}

static bool set_up(struct pc_worker *worker)
{
    pc_chain_enter(worker + 1);
    if (shared_sites)
        pc_sites_open(shared_sites);
    return bench_expect(&worker->core.b,
                        pc_tally_start(shared, &worker->object, shared_sites),
                        "no memory to count in");
}

static void over(struct pc_worker *worker)
{
    (void)worker;
    pc_tally_find_leaks();
    if (shared_sites)
        pc_sites_note_modules(shared_sites);
}

static void adapt(struct bench_host *table)
{
    table->stop_timer = stop_timer;
    table->start_timer = start_timer;
    table->reset_timer = reset_timer;
    table->guarded = guarded;
    table->latency = latency;
}

const struct pc_meter pc_counter = {
    .begin = begin,
    .end = end,
    .set_up = set_up,
    .over = over,
    .adapt = adapt,
};
