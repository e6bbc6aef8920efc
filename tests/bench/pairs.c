/*
 * 200,000 calls of malloc and free in one operation: what counting them costs.
 */
#include <perfbench.h>
#include <stdlib.h>

enum { PAIRS = 200000 };

static void pairs(void)
{
    for (int i = 0; i < PAIRS; i++) {
        void *p = malloc(16 + (size_t)(i & 63));
        bench_keep(p);
        free(p);
    }
}

#ifdef PAIRS_PROGRAM
int main(void)
{
    pairs();
    return 0;
}
#else
BENCH(pairs)
{
    while (bench_loop(b))
        pairs();
}

static void __attribute__((noinline)) below(int calls)
{
    if (calls > 0)
        below(calls - 1);
    else
        pairs();
    __asm__ volatile("");
}

/* The same 16 calls further in. */
BENCH(deep)
{
    while (bench_loop(b))
        below(15);
}
#endif
