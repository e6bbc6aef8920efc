/*
 * What a malloc() with its free(), and a pthread_mutex_lock() with its unlock, take: alone, and with
 * -DPERFPROF in a program that could be profiled, and that is.  Prints nanoseconds of processor time,
 * the best of several runs.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#ifdef PERFPROF
#include <perfprof.h>
#endif

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static double used_ns(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec * 1e9 + (double)ts.tv_nsec;
}

static void allocate(void)
{
    void *p = malloc(40);
    __asm__ volatile("" : : "r"(p) : "memory");
    free(p);
}

static void lock(void)
{
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
}

__attribute__((noinline)) static double each(void (*pair)(void), int n)
{
    double began = used_ns();
    for (int i = 0; i < n; i++)
        pair();
    return (used_ns() - began) / n;
}

__attribute__((noinline)) static double further_in(int depth, void (*pair)(void), int n)
{
    double ns = depth > 0 ? further_in(depth - 1, pair, n) : each(pair, n);
    __asm__ volatile(""); /* that call is not in tail position */
    return ns;
}

static double best(int depth, void (*pair)(void))
{
    enum { RUNS = 7, PAIRS = 300000 };
    double least = 1e9;
    for (int i = 0; i < RUNS; i++) {
        double ns = further_in(depth, pair, PAIRS);
        least = ns < least ? ns : least;
    }
    return least;
}

static void measure(const char *how)
{
    printf("%s malloc %.2f\n", how, best(0, allocate));
    printf("%s deep %.2f\n", how, best(16, allocate));
    printf("%s lock %.2f\n", how, best(0, lock));
}

int main(void)
{
#ifdef PERFPROF
    measure("off");
    if (!bench_heap_profile_start(NULL) || !bench_mutex_profile_start(NULL))
        return 1;
    measure("on");
    return bench_heap_profile_stop() && bench_mutex_profile_stop() ? 0 : 1;
#else
    measure("alone");
    return 0;
#endif
}
