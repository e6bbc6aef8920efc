/*
 * Batches of iterations: how many, and what is measured around them.
 *
 * Batches grow until one lasts for --benchtime, as in Go; only the last one counts, so the
 * cold first iterations do not.
 */
#include "perfbench/pass.h"
#include "perfbench/run.h"
#include "perfbench/tally.h"

static const uint64_t ops_max = 1000000000;

static uint64_t min_u64(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* A fifth more than would last for `goal`, but never more than a hundred times as much,
 * because short batches predict badly. */
static uint64_t predict(uint64_t goal, uint64_t ops, uint64_t elapsed)
{
    double wanted = 1.2 * (double)goal * (double)ops / (double)(elapsed > 0 ? elapsed : 1);
    uint64_t most = min_u64(100 * ops, ops_max);
    if (wanted >= (double)most)
        return most;
    return wanted > (double)(ops + 1) ? (uint64_t)wanted : min_u64(ops + 1, most);
}

uint64_t bench_batch_plan(struct bench_run *run)
{
    const struct bench_options *o = &run->program->options;
    if (run->core.failures > 0 || run->only_subs)
        return 0;
    if (run->program->tally)
        return bench_tally_plan(run);
    if (o->benchtime_ops > 0)
        return run->batches > 0 ? 0 : o->benchtime_ops;
    if (run->batches == 0)
        return 1;
    uint64_t spent = run->elapsed + run->waited;
    if (spent >= o->benchtime || run->ops >= ops_max)
        return 0;
    return predict(o->benchtime, run->ops, spent);
}

void bench_batch_begin(struct bench_run *run)
{
    bench_core_latency_clear(&run->core);
    if (run->program->tally) {
        run->counted = (struct perfbench_counts){0};
        bench_tally_resume(run);
    }
    bench_core_timer_begin(&run->core);
}

void bench_batch_end(struct bench_run *run, uint64_t ops)
{
    bool timing = run->core.timing;
    run->elapsed = bench_core_timer_end(&run->core);
    run->waited = run->core.pacer.waited;
    run->elapsed -= min_u64(run->waited, run->elapsed);
    if (run->program->tally && timing)
        bench_tally_pause(run);
    run->ops = ops;
    run->batches++;
}

static bool measure_next(struct bench *b)
{
    struct bench_run *run = bench_run_of(b);
    if (run->finished)
        return false;
    if (bench_pacer_next(&run->core))
        return true;
    if (run->looping)
        bench_batch_end(run, b->end - run->from);
    run->looping = true;
    uint64_t ops = bench_batch_plan(run);
    if (ops == 0) {
        run->finished = true;
        return false;
    }
    run->from = b->i;
    b->end = b->i + ops;
    bench_core_renew(&run->core, run->batches, run->from, ops);
    bench_batch_begin(run);
    b->i++;
    /* The counting pass has no time to lose, and none to measure. */
    if (run->core.pacer.on && !run->program->tally)
        bench_pacer_begin(&run->core, ops);
    return true;
}

/* A benchmark that failed has nothing left to measure: its loop ends now. */
__attribute__((format(printf, 4, 0))) static void
measure_vfail(struct bench *b, const char *file, int line, const char *fmt, va_list ap)
{
    bench_core_table.vfail(b, file, line, fmt, ap);
    if (b->i < b->end)
        b->end = b->i;
}

static bool check_next(struct bench *b)
{
    return bench_expect(b, false, "bench_loop() belongs into a BENCH, this is a TEST");
}

static void tally_stop_timer(struct bench *b)
{
    struct bench_run *run = bench_run_of(b);
    if (run->core.timing)
        bench_tally_pause(run);
    bench_core_table.stop_timer(b);
}

static void tally_start_timer(struct bench *b)
{
    struct bench_run *run = bench_run_of(b);
    if (!run->core.timing)
        bench_tally_resume(run);
    bench_core_table.start_timer(b);
}

static void tally_reset_timer(struct bench *b)
{
    struct bench_run *run = bench_run_of(b);
    run->counted = (struct perfbench_counts){0};
    if (run->core.timing)
        bench_tally_resume(run);
    bench_core_table.reset_timer(b);
}

static void no_run_parallel(struct bench *b,
                            void (*body)(struct bench_thread *t, void *arg), void *arg)
{
    (void)body, (void)arg;
    bench_expect(b, false, "bench_run_parallel() belongs into a BENCH, this is a TEST");
}

void bench_hosts_init(struct bench_program *program)
{
    struct bench_host *host = &program->bench_host;
    *host = bench_core_table;
    host->next = measure_next;
    host->vfail = measure_vfail;
    host->run = bench_run_below;
    host->run_parallel = bench_parallel_run;
    host->thread_next = bench_parallel_next;
    host->allocs_per_run = bench_pass_allocs_per_run;
    if (program->tally) {
        host->stop_timer = tally_stop_timer;
        host->start_timer = tally_start_timer;
        host->reset_timer = tally_reset_timer;
    }
    program->test_host = *host;
    program->test_host.next = check_next;
    program->test_host.run_parallel = no_run_parallel;
}
