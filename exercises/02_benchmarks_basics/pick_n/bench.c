/*
 * How much longer than needed do people wait for time_it()?  It is tried on machines of paper
 * (machine.h) with eleven costs and three clocks.  Spent is what all of its runs take together,
 * needed is what somebody would need who knew the costs; the worst case counts.
 */
#include <perfbench.h>

#include "machine.h"

static const uint64_t want_ns = 100000000;
static const double costs[] = {0.34, 1, 2.5, 10, 150, 1000, 2e4, 3e5, 4e6, 3e7, 3e8};
static const uint64_t steps[] = {1, 1000, 10000000};

static double worst_case(uint64_t seed)
{
    double worst = 0;
    for (size_t c = 0; c < sizeof costs / sizeof costs[0]; c++) {
        for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++) {
            struct machine m;
            struct timing unused;
            machine_init(&m, costs[c], steps[k], seed + c);
            machine_time(&m, want_ns, &unused);
            worst = fmax(worst, m.ns / machine_needs(&m, want_ns));
        }
    }
    return worst;
}

BENCH(pick_n)
{
    while (bench_loop(b))
        bench_report_metric(b, "spent/needed", worst_case(bench_random(b)));
}
