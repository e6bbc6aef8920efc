/*
 * What reading the clock does to short times.  A reading costs as much as a small function,
 * and the first call of a function is like no other.
 */
#include <perfbench.h>
#include <stdlib.h>
#include <time.h>

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* A few nanoseconds of work.  Without the shift clang would find out that twelve linear steps
 * are one, and do that. */
static uint64_t small_work(uint64_t x)
{
    for (int i = 0; i < 12; i++)
        x = (x ^ x >> 29) * 6364136223846793005;
    return x;
}

/* One operation: look at the clock, work n times, look again. */
BENCH_SIZES(batch, 1, 10, 100)
{
    size_t n = bench_size(b);
    uint64_t x = bench_random(b), sum = 0;
    while (bench_loop(b)) {
        uint64_t began = now();
        for (size_t i = 0; i < n; i++)
            x = small_work(x);
        bench_keep(x);
        sum += now() - began;
    }
    bench_keep(sum);
}

enum { NUMBERS = 100000, LINE = 16 };

/* Sum up a number of each cache line of a table: what the first caller pays for is that all of
 * it comes into memory and cache. */
static __attribute__((noinline)) uint64_t add_all(const uint32_t *v)
{
    uint64_t sum = 0;
    for (int i = 0; i < NUMBERS; i += LINE)
        sum += v[i];
    return sum;
}

/* What a stopwatch says of the first call, and of one of many. */
BENCH(first_call)
{
    enum { MANY = 100 };
    uint32_t *v = calloc(NUMBERS, sizeof *v);
    uint64_t began = now();
    bench_keep(add_all(v));
    uint64_t first = now() - began;
    began = now();
    for (int i = 0; i < MANY; i++)
        bench_keep(add_all(v));
    uint64_t many = now() - began;
    while (bench_loop(b)) {
        bench_report_metric(b, "first-ns", (double)first);
        bench_report_metric(b, "later-ns", (double)many / MANY);
    }
    free(v);
}
