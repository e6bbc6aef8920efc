#include "perfbench/pacer.h"

#include <time.h>

#include "perfbench/core.h"

/* Waking up takes 50 us and more, so the end of a wait is spent awake. */
static const uint64_t awake_ns = 150000;

/* Intervals above an hour and below a nanosecond are slips. */
bool bench_pacer_set(struct bench_pacer *pacer, double per_second)
{
    bool known = per_second == 0 || (per_second >= 1.0 / 3600 && per_second <= 1e9);
    if (known)
        *pacer = (struct bench_pacer){
            .on = true, .gap = per_second > 0 ? (uint64_t)(1e9 / per_second + 0.5) : 0};
    return known;
}

uint64_t bench_pacer_wait(uint64_t due)
{
    uint64_t now = bench_core_now();
    if (due > now + 2 * awake_ns) {
        uint64_t until = due - awake_ns;
        struct timespec ts = {.tv_sec = (time_t)(until / 1000000000),
                              .tv_nsec = (long)(until % 1000000000)};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL);
        now = bench_core_now();
    }
    while (now < due)
        now = bench_core_now();
    return now;
}

void bench_pacer_begin(struct bench_core *core, uint64_t ops)
{
    struct bench_pacer *p = &core->pacer;
    p->running = true;
    p->left = ops - 1;
    p->waited = 0;
    core->b.end = core->b.i;
    p->due = bench_core_now();
}

static void tell(struct bench_core *core, uint64_t ns)
{
    core->pacer.recording = true;
    core->b.host->latency(&core->b, ns);
    core->pacer.recording = false;
}

bool bench_pacer_next(struct bench_core *core)
{
    struct bench_pacer *p = &core->pacer;
    if (!p->running)
        return false;
    uint64_t now = bench_core_now();
    tell(core, now > p->due ? now - p->due : 0);
    p->running = p->left > 0 && core->failures == 0;
    if (!p->running)
        return false;
    p->left--;
    if (p->gap > 0) {
        p->due += p->gap;
        if (p->due > now)
            p->waited += bench_pacer_wait(p->due) - now;
    }
    core->b.i++;
    core->b.end = core->b.i;
    if (p->gap == 0)
        p->due = bench_core_now();
    return true;
}
