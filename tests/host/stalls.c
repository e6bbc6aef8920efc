/* Operations of which one in fifty takes long.  With -DCALM none does; with -DTELLS the
 * bench tells latencies that nobody asked for. */
#include <perfbench.h>

static uint64_t work(uint64_t n)
{
    uint64_t x = n;
    for (uint64_t k = 0; k < n; k++) {
        x = x * 6364136223846793005 + 1442695040888963407;
        bench_keep(x);
    }
    return x;
}

static void run(struct bench *b)
{
    while (bench_loop(b)) {
        uint64_t n = 100;
#ifndef CALM
        if (bench_i(b) % 50 == 49)
            n = 20000;
#endif
        bench_keep(work(n));
        bench_digest(b, "done", 4);
#ifdef TELLS
        bench_latency(b, 1);
#endif
    }
}

BENCH(stalls)
{
    run(b);
}

BENCH(paced)
{
    bench_pace(b, 20000);
    run(b);
}

/* Latencies that the bench makes up: 1 to 1000. */
BENCH(own)
{
    while (bench_loop(b))
        bench_latency(b, 1 + bench_i(b) % 1000);
}

BENCH(no_rate)
{
    bench_pace(b, -1);
    run(b);
}
