/* Benches of which is known what each place allocates. */
#include <perfbench.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#define OPS while (bench_loop(b))
#define APART __attribute__((noinline, noclone))

/* Kept from the optimizer, which would leave both calls out. */
static void drop(void *p)
{
    bench_keep(p);
    free(p);
}

APART static void *ten(void)
{
    return malloc(10);
}

APART static void *twenty(void)
{
    return malloc(20);
}

APART static void *tens(void)
{
    return ten();
}

BENCH(places)
{
    OPS
    {
        drop(ten());
        drop(tens());
        drop(tens());
        for (int k = 0; k < 3; k++)
            drop(twenty());
    }
}

APART static void *between(void)
{
    void *p = ten();
    __asm__ volatile("");
    return p;
}

APART static void by_one(void)
{
    drop(between());
}

APART static void by_another(void)
{
    drop(between());
    __asm__ volatile("");
}

/* Two ways to one place, whose frames lie at the same addresses. */
BENCH(twins)
{
    OPS
    {
        for (int k = 0; k < 50; k++) {
            by_one();
            by_another();
            by_another();
        }
    }
}

APART static char *by_malloc(void)
{
    char *p = malloc(10);
    bench_keep(p);
    return p;
}

APART static char *by_realloc(char *p, size_t n)
{
    p = realloc(p, n);
    bench_keep(p);
    return p;
}

APART static void freed_there(void *p)
{
    drop(p);
}

/* The block is what it was last made by. */
BENCH(grown)
{
    OPS
    {
        char *p = by_malloc();
        p = by_realloc(p, 100);
        p = by_realloc(p, 50);
        freed_there(p);
        bench_keep(by_realloc(by_malloc(), 30));
    }
}

APART static void by_calloc(void)
{
    drop(calloc(3, 7));
}

APART static void by_strdup(void)
{
    drop(strdup("twelve bytes"));
}

APART static void by_aligned_alloc(void)
{
    drop(aligned_alloc(64, 128));
}

APART static void by_posix_memalign(void)
{
    void *p = NULL;
    if (posix_memalign(&p, 64, 40) == 0)
        drop(p);
}

APART static void by_reallocarray(void)
{
    drop(reallocarray(NULL, 5, 6));
}

BENCH(family)
{
    OPS
    {
        by_calloc();
        by_strdup();
        by_aligned_alloc();
        by_posix_memalign();
        by_reallocarray();
    }
}

APART static int compares(const void *a, const void *b)
{
    drop(malloc(1));
    return *(const int *)a - *(const int *)b;
}

BENCH(through_libc)
{
    OPS
    {
        int two[2] = {2, 1};
        qsort(two, 2, sizeof two[0], compares);
        bench_keep(two[0]);
    }
}

APART static void descend(size_t depth)
{
    if (depth == 0)
        drop(ten());
    else
        descend(depth - 1);
    __asm__ volatile("");
}

BENCH(recursion)
{
    OPS descend(bench_size(b));
}

/* Each way from the top to the bottom is a chain of its own. */
#define LEVEL(name, below) \
    APART static void name(void) \
    { \
        below(); \
        __asm__ volatile(""); \
        below(); \
        __asm__ volatile(""); \
    }
APART static void bottom(void)
{
    drop(malloc(8));
}
LEVEL(level_1, bottom)
LEVEL(level_2, level_1)
LEVEL(level_3, level_2)
LEVEL(level_4, level_3)
LEVEL(level_5, level_4)
LEVEL(level_6, level_5)
LEVEL(level_7, level_6)
LEVEL(level_8, level_7)
LEVEL(level_9, level_8)
LEVEL(level_10, level_9)
LEVEL(level_11, level_10)
LEVEL(level_12, level_11)
LEVEL(level_13, level_12)
LEVEL(level_14, level_13)

BENCH(ways)
{
    OPS level_14();
}

APART static void *work(void *arg)
{
    for (int k = 0; k < 500; k++) {
        drop(ten());
        by_strdup();
    }
    return arg;
}

BENCH(crowd)
{
    OPS
    {
        pthread_t threads[4];
        for (int k = 0; k < 4; k++)
            bench_expect(b, pthread_create(&threads[k], NULL, work, NULL) == 0, "a thread");
        for (int k = 0; k < 4; k++)
            pthread_join(threads[k], NULL);
    }
}

BENCH(stopped)
{
    OPS
    {
        bench_stop_timer(b);
        void *before = by_malloc();
        bench_start_timer(b);
        void *p = twenty();
        bench_stop_timer(b);
        drop(before);
        drop(p);
        bench_start_timer(b);
    }
}

BENCH(taken_back)
{
    OPS
    {
        void *before = by_malloc();
        bench_reset_timer(b);
        void *p = twenty();
        drop(before);
        drop(p);
    }
}

static void *kept[1000];

BENCH(keeps)
{
    size_t n = 0;
    OPS kept[n++ % 1000] = twenty();
    for (size_t k = 0; k < 1000; k++)
        free(kept[k]);
}

BENCH(leaks)
{
    OPS
    {
        void *p = ten(), *q = strdup("lost");
        bench_keep(p);
        bench_keep(q);
        drop(twenty());
    }
}

static ucontext_t here, there;

static void elsewhere(void)
{
    for (;;) {
        drop(ten());
        swapcontext(&there, &here);
    }
}

/* On a stack that is not the thread's. */
BENCH(coroutine)
{
    static char stack[1 << 16];
    getcontext(&there);
    there.uc_stack.ss_sp = stack;
    there.uc_stack.ss_size = sizeof stack;
    makecontext(&there, elsewhere, 0);
    OPS swapcontext(&here, &there);
}

BENCH(endless)
{
    int op = 0;
    OPS
    {
        drop(twenty());
        for (op++; op > 5;)
            __asm__ volatile("");
    }
}
