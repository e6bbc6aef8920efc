/*
 * Does time_it() keep its promise on machines of paper, whatever an operation costs and
 * however coarse the clock is?
 */
#include <perfbench.h>
#include <stdio.h>

#include "machine.h"

static bool keeps_its_promise(struct bench *b, double op_ns, uint64_t step_ns,
                              uint64_t want_ns)
{
    char input[120];
    struct machine m;
    struct timing got;
    snprintf(input, sizeof input,
             "operations of %g ns, a clock with steps of %llu ns, %llu ns wanted", op_ns,
             (unsigned long long)step_ns, (unsigned long long)want_ns);
    machine_init(&m, op_ns, step_ns, bench_random(b));
    if (!bench_expect(b, machine_time(&m, want_ns, &got),
                      "%s: after %d runs there was still no answer", input, MACHINE_RUNS) ||
        !bench_expect(
            b, m.runs > 0 && m.looked_before && m.looked_after,
            "%s: the clock must be read right before and right after the last run",
            input) ||
        !bench_expect(b, !m.first, "%s: the answer is about the first run, which is cold",
                      input) ||
        !bench_expect_int(b, input, m.n, got.n))
        return false;
    uint64_t took = m.after - m.before;
    double each = (double)took / (double)m.n;
    return bench_expect(b, m.n > 0, "%s: the last run did nothing", input) &&
           bench_expect(b, took >= want_ns,
                        "%s: the last run took %llu ns by the clock, which is too short",
                        input, (unsigned long long)took) &&
           bench_expect(b, fabs(got.ns_per_op - each) <= 1e-9 * each,
                        "%s: %llu operations took %llu ns\nexpected: %g ns each\n"
                        "got:      %g",
                        input, (unsigned long long)m.n, (unsigned long long)took, each,
                        got.ns_per_op);
}

TEST(the_last_run_is_long_enough_and_is_what_is_told)
{
    static const double costs[] = {0.34, 1, 3, 20, 900, 5e4, 2e6, 5e7, 1e9};
    for (size_t c = 0; c < sizeof costs / sizeof costs[0]; c++)
        if (!keeps_its_promise(b, costs[c], 1, 100000000))
            return;
}

TEST(a_clock_may_be_coarse)
{
    static const uint64_t steps[] = {1000, 100000, 4000000, 10000000};
    for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++)
        for (double cost = 0.34; cost < 1e8; cost *= 7)
            if (!keeps_its_promise(b, cost, steps[k], 100000000))
                return;
}

TEST(any_time_may_be_wanted)
{
    for (uint64_t want = 1000; want < 10000000000; want *= 10)
        for (double cost = 0.34; cost < 1e9; cost *= 30)
            if (!keeps_its_promise(b, cost, 1, want))
                return;
}
