/*
 * A kernel whose time is known by construction: STEPS multiplications, each of which needs the
 * one before.  peers.sh builds it with other numbers of steps, for each of its peers.
 */
#include <stdint.h>

#ifndef STEPS
#define STEPS 1000
#endif

uint64_t chain(uint64_t x);

uint64_t chain(uint64_t x)
{
    for (int i = 0; i < STEPS; i++)
        x = x * 6364136223846793005U + 1442695040888963407U;
    return x;
}

#ifdef CHAIN_BENCH
#include <perfbench.h>

BENCH(chain)
{
    uint64_t x = 1;
    while (bench_loop(b)) {
        x = chain(x);
        bench_keep(x);
    }
}
#endif
