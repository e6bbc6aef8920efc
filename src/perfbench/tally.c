#include "perfbench/tally.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

bool bench_tally_init(struct bench_tally *tally)
{
    const char *order = getenv(BENCH_TALLY_ENV);
    if (!order)
        return false;
    *tally = (struct bench_tally){0};
    int fd;
    if (sscanf(order, "%d %zu %zu %u %" SCNu64, &fd, &tally->entry, &tally->size,
               &tally->cpu, &tally->seed) != 5)
        _exit(BENCH_TALLY_BAD_ORDER);
    /* Out of the way of kernels that expect low descriptors, and of their children. */
    tally->fd = fcntl(fd, F_DUPFD_CLOEXEC, 100);
    if (tally->fd < 0)
        _exit(BENCH_TALLY_BAD_ORDER);
    close(fd);
    unsetenv(BENCH_TALLY_ENV);
    unsetenv("LD_PRELOAD");
    void *symbol = dlsym(RTLD_DEFAULT, PERFBENCH_COUNT_SYMBOL);
    if (!symbol)
        _exit(BENCH_TALLY_NO_COUNTER);
    memcpy(&tally->read, &symbol, sizeof tally->read);
    return true;
}

/* The largest of a few numbers of operations that take no more than a moment. */
static uint64_t countable(uint64_t ops, uint64_t elapsed)
{
    static const uint64_t numbers[] = {5040, 720, 240, 48, 16, 4};
    const uint64_t moment = 200000000;
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++)
        if (elapsed / ops * numbers[k] <= moment)
            return numbers[k];
    return 2;
}

uint64_t bench_tally_plan(struct bench_run *run)
{
    const uint64_t long_op = 20000000;
    uint64_t asked = run->program->options.benchtime_ops;
    if (run->tallied)
        return 0;
    if (run->batches == 0)
        return 1;
    if (run->batches == 1 && !asked && run->elapsed <= long_op)
        return 16;
    run->tallied = true;
    return asked ? asked : countable(run->ops, run->elapsed);
}

void bench_tally_resume(struct bench_run *run)
{
    run->program->tally->read(&run->since);
}

void bench_tally_pause(struct bench_run *run)
{
    struct perfbench_counts now;
    run->program->tally->read(&now);
    run->counted.allocs += now.allocs - run->since.allocs;
    run->counted.bytes += now.bytes - run->since.bytes;
    run->counted.frees += now.frees - run->since.frees;
}

static void report(struct bench_run *run)
{
    if (run->finished && run->ops > 0 && !run->has_subs && run->core.failures == 0)
        dprintf(run->program->tally->fd, "bench %s %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
                run->name, run->ops, run->counted.allocs, run->counted.bytes);
}

void bench_tally_send_mean(const struct bench_tally *tally, double mean)
{
    dprintf(tally->fd, "run %.17g\n", mean);
}

int bench_tally_run(struct bench_program *program)
{
    const struct bench_tally *tally = program->tally;
    if (tally->entry >= program->n_entries)
        return BENCH_TALLY_BAD_ORDER;
    program->report = report;
    program->cpu = tally->cpu;
    bench_run_entry(program, tally->entry, tally->size, tally->seed);
    dprintf(tally->fd, "done\n");
    return 0;
}
