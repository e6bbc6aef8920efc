/* The kernel of chain.c as a benchmark of Google Benchmark. */
#include <benchmark/benchmark.h>

extern "C" uint64_t chain(uint64_t x);

static void Chain(benchmark::State &state)
{
    uint64_t x = 1;
    for (auto _ : state) {
        x = chain(x);
        benchmark::DoNotOptimize(x);
    }
}
BENCHMARK(Chain);
BENCHMARK_MAIN();
