/* Benches of which is known where they spend their time. */
#include <perfbench.h>

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define OPS while (bench_loop(b))
#define APART __attribute__((noinline, noclone))

/* A chain that no optimizer shortens: each step needs the one before. */
#define WORK(n) \
    for (uint64_t k = 0; k < (n); k++) { \
        __asm__ volatile("" : "+r"(x)); \
        x = x * 6364136223846793005u + 1442695040888963407u; \
    }

uint64_t seventy(uint64_t x), twenty(uint64_t x), five(uint64_t x), other_five(uint64_t x);

APART uint64_t seventy(uint64_t x)
{
    WORK(7000)
    return x;
}

APART uint64_t twenty(uint64_t x)
{
    WORK(2000)
    return x;
}

APART uint64_t five(uint64_t x)
{
    WORK(500)
    return x;
}

APART uint64_t other_five(uint64_t x)
{
    WORK(500)
    return x + 1;
}

BENCH(split)
{
    uint64_t x = 1;
    OPS x = other_five(five(twenty(seventy(x))));
    bench_keep(x);
}

static inline __attribute__((always_inline)) uint64_t inlined(uint64_t x)
{
    WORK(1000) /* line 56 */
    return x;
}

APART static uint64_t around(uint64_t x)
{
    return inlined(x) + 1; /* line 62 */
}

BENCH(inlining)
{
    uint64_t x = 1;
    OPS x = around(x);
    bench_keep(x);
}

static int by_value(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* Most of the time is in functions of libc, which have no debug information. */
BENCH(library)
{
    static int values[512];
    static char text[4096], copy[4096];
    OPS
    {
        memset(text, 'a', sizeof text - 1);
        for (int k = 0; k < 512; k++)
            values[k] = (int)(((uint64_t)k * 7919) % 512);
        qsort(values, 512, sizeof *values, by_value);
        snprintf(copy, sizeof copy, "%s %d", text, values[5]);
        char *twin = strdup(text);
        bench_keep(strlen(twin) + (size_t)(memcpy(copy, twin, 99) != NULL));
        free(twin);
    }
}

APART static uint64_t descend(uint64_t x, int depth)
{
    WORK(10)
    if (depth > 0)
        x = descend(x, depth - 1);
    __asm__ volatile("" : "+r"(x));
    return x;
}

BENCH_SIZES(recursion, 50, 5000)
{
    uint64_t x = 1;
    OPS x = descend(x, (int)bench_size(b));
    bench_keep(x);
}

BENCH(endless)
{
    uint64_t x = 1;
    int op = 0;
    OPS
    {
        op++;
        while (op > 100)
            x = twenty(x); /* line 120 */
        x = twenty(x);
    }
    bench_keep(x);
}

BENCH(deaf)
{
    uint64_t x = 1;
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    OPS x = seventy(x);
    bench_keep(x);
}

BENCH(half_stopped)
{
    uint64_t x = 1;
    OPS
    {
        bench_stop_timer(b);
        x = seventy(x);
        bench_start_timer(b);
        x = twenty(x);
    }
    bench_keep(x);
}

BENCH(sleepy)
{
    OPS nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static void *twenty_often(void *x)
{
    for (int k = 0; k < 50; k++)
        *(uint64_t *)x = twenty(*(uint64_t *)x);
    return NULL;
}

/* Threads of the kernel's own. */
BENCH(crowd)
{
    uint64_t x[8] = {0};
    OPS
    {
        pthread_t ids[8];
        for (int k = 0; k < 8; k++)
            pthread_create(&ids[k], NULL, twenty_often, &x[k]);
        for (int k = 0; k < 8; k++)
            pthread_join(ids[k], NULL);
    }
}
