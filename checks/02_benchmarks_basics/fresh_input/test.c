/*
 * The rules of <perfbench.h> that measure_sort() must keep, and how often it sorts.  What it
 * reports is for the bench to judge.
 */
#include <perfbench.h>
#include <stdio.h>

#include "fresh_input.h"
#include "stand.h"

/* Run it for `n` iterations, `stretch` at a time, on `size` numbers. */
static bool keeps_the_rules(struct bench *b, size_t size, uint64_t n, uint64_t stretch)
{
    char input[80];
    struct stand s;
    snprintf(input, sizeof input, "%zu numbers, %llu iterations, %llu at a time", size,
             (unsigned long long)n, (unsigned long long)stretch);
    stand_init(&s, b, size, n, stretch);
    measure_sort(&s.b, &s.sorting);
    return bench_expect(b, s.over,
                        "%s: it has left the loop, or never begun it, before bench_loop() "
                        "said that it is over",
                        input) &&
           bench_expect(b, s.sorts_in_all == n, "%s: it has sorted %llu times", input,
                        (unsigned long long)s.sorts_in_all);
}

TEST(there_is_one_sort_for_each_iteration)
{
    static const struct {
        uint64_t n, stretch;
    } rows[] = {{1, 1}, {2, 1}, {7, 3}, {50, 50}, {200, 60}, {0, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!keeps_the_rules(b, 40, rows[i].n, rows[i].stretch))
            return;
}

TEST(any_number_of_numbers_can_be_sorted)
{
    static const size_t sizes[] = {1, 2, 3, 100, STAND_NUMBERS};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        if (!keeps_the_rules(b, sizes[i], 5, 5))
            return;
}
