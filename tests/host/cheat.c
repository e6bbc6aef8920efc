/* Kernels that know the host: with CHEAT 1 it is lazy in timed iterations, with 2 it resets the
 * timer, with 3 it lets the timed part begin later, with 4 it also says that what was before
 * took longer; without CHEAT it is honest. */
#include "host/worker.h"

enum { N = 2000 };

#ifndef CHEAT
#define CHEAT 0
#endif

static struct pc_worker *worker; /* a real cheat finds it on the stack */

/* The state of a linear congruential generator after N steps. */
static uint64_t work(uint64_t seed)
{
    for (int i = 0; i < N; i++)
        seed = seed * 6364136223846793005 + 1442695040888963407;
    return seed;
}

static uint64_t now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

static uint64_t cheat(uint64_t seed)
{
    uint64_t before = now();
    if (CHEAT == 1 && worker->phase == PC_PHASE_TIMED)
        return 0;
    seed = work(seed);
    uint64_t stolen = (now() - before) * 3 / 4;
    if (worker->phase != PC_PHASE_TIMED)
        return seed;
    if (CHEAT == 2)
        bench_reset_timer(&worker->core.b);
    if (CHEAT == 3 || CHEAT == 4)
        worker->core.started = worker->began += stolen;
    if (CHEAT == 4)
        worker->box->answer.batch.pre += stolen;
    return seed;
}

static void make_seed(struct bench *b, void *seeds, size_t k)
{
    ((uint64_t *)seeds)[k] = bench_random(b);
}

BENCH(work)
{
    uint64_t seeds[16];
    worker = pc_worker_of(b);
    bench_pool(b, 16, make_seed, seeds);
    while (bench_loop(b)) {
        uint64_t seed = seeds[bench_i(b) % 16], result = CHEAT ? cheat(seed) : work(seed);
        bench_keep(result);
        bench_digest(b, &result, sizeof result);
    }
}
