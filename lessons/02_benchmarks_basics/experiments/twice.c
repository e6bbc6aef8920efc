/*
 * The same program twice, while something else is running: how far do the two times lie apart?
 * Once the way it is often done, one after the other by the clock on the wall; once in turns
 * by the time of the processor.
 */
#define _GNU_SOURCE
#include <perfbench.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

enum { BURNERS = 8, TURNS = 15, ROUNDS = 20000 };

static double clock_ns(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* About a quarter of a millisecond. */
static __attribute__((noinline)) uint64_t program(uint64_t x)
{
    for (int i = 0; i < 8 * ROUNDS; i++)
        x = (x ^ x >> 29) * 6364136223846793005 + 1;
    return x;
}

/* A call without effects could be moved out from between the looks at the clock, if its
 * argument were known before the first one. */
static double timed(clockid_t which)
{
    uint64_t x = 7;
    double began = clock_ns(which);
    __asm__ volatile("" : "+r"(x));
    bench_keep(program(x));
    return clock_ns(which) - began;
}

struct others {
    atomic_bool over;
    pthread_t ids[BURNERS];
    int n;
};

/* Somebody else's work: it comes and goes. */
static void *burn(void *arg)
{
    struct others *others = arg;
    for (uint64_t x = 1; !atomic_load(&others->over);) {
        double until = clock_ns(CLOCK_MONOTONIC) + 6e6;
        while (clock_ns(CLOCK_MONOTONIC) < until)
            x = program(x) / 2;
        bench_keep(x);
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
    return NULL;
}

/* One for each processor that we may use. */
static void begin_others(struct others *others)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    sched_getaffinity(0, sizeof set, &set);
    int n = CPU_COUNT(&set);
    while (others->n < n && others->n < BURNERS &&
           pthread_create(&others->ids[others->n], NULL, burn, others) == 0)
        others->n++;
}

static void end_others(struct others *others)
{
    atomic_store(&others->over, true);
    while (others->n > 0)
        pthread_join(others->ids[--others->n], NULL);
}

/* All runs of the one, then all of the other. */
static double one_after_the_other(void)
{
    double sums[2] = {0};
    for (int side = 0; side < 2; side++)
        for (int k = 0; k < TURNS; k++)
            sums[side] += timed(CLOCK_MONOTONIC);
    return sums[0] / sums[1];
}

/* The median of pairs; each begins with the other side. */
static double in_turns(void)
{
    double sorted[TURNS];
    for (int k = 0; k < TURNS; k++) {
        double first = timed(CLOCK_THREAD_CPUTIME_ID);
        double second = timed(CLOCK_THREAD_CPUTIME_ID);
        double ratio = k % 2 ? first / second : second / first;
        int i = k;
        for (; i > 0 && sorted[i - 1] > ratio; i--)
            sorted[i] = sorted[i - 1];
        sorted[i] = ratio;
    }
    return sorted[TURNS / 2];
}

BENCH(twice)
{
    struct others others = {0};
    begin_others(&others);
    while (bench_loop(b)) {
        bench_report_metric(b, "wall/wall", one_after_the_other());
        bench_report_metric(b, "turn/turn", in_turns());
    }
    end_others(&others);
}
