/* A bench whose operation takes far longer in one function than in the other. */
#include <perfbench.h>

__attribute__((noinline)) static uint64_t steps(uint64_t x, int n)
{
    for (int k = 0; k < n; k++) {
        __asm__ volatile("" : "+r"(x));
        x = x * 6364136223846793005u + 1442695040888963407u;
    }
    return x;
}

BENCH(split)
{
    uint64_t x = 1;
    while (bench_loop(b))
        x = steps(x, 1000);
    bench_keep(x);
}
