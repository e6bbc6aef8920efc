/*
 * The rules of <perfbench.h> that measure_ring_sum() must keep; whether it tells the truth is
 * for the bench to find out, in the code that is measured.
 */
#include <perfbench.h>
#include <stdio.h>

#include "keep_alive.h"
#include "stand.h"

/* Run it for `n` iterations, `stretch` at a time. */
static bool keeps_the_rules(struct bench *b, uint64_t n, uint64_t stretch, size_t size)
{
    static const uint8_t bytes[] = "what is measured is not changed";
    char input[80];
    struct stand s;
    snprintf(input, sizeof input, "%llu iterations, %llu at a time, %zu bytes",
             (unsigned long long)n, (unsigned long long)stretch, size);
    stand_init(&s, b, n, stretch);
    measure_ring_sum(&s.b, bench_input(b, bytes, size), size);
    return bench_expect(b, s.over,
                        "%s: it has left the loop, or never begun it, before bench_loop() "
                        "said that it is over",
                        input) &&
           bench_expect(b, n == 0 || !s.runs, "%s: the clock was left running", input);
}

TEST(all_iterations_are_run)
{
    static const struct {
        uint64_t n, stretch;
    } rows[] = {{1, 1}, {2, 1}, {7, 3}, {100, 100}, {1000, 7}, {0, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!keeps_the_rules(b, rows[i].n, rows[i].stretch, 31))
            return;
}

TEST(any_number_of_bytes_can_be_measured)
{
    for (size_t size = 0; size < 32; size++)
        if (!keeps_the_rules(b, 3, 3, size))
            return;
}

TEST(it_can_be_run_again)
{
    for (int k = 0; k < 3; k++)
        if (!keeps_the_rules(b, 5, 2, 16))
            return;
}
