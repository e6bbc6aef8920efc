/*
 * Tests of new_exercise() against an oracle that is too simple to be wrong.
 */
#include <perfbench.h>
#include <stdio.h>

#include "new_exercise.h"

static int32_t oracle(const int32_t *items, size_t n)
{
    int64_t largest = INT32_MIN;
    for (size_t i = 0; i < n; i++)
        if (items[i] > largest)
            largest = items[i];
    return (int32_t)largest;
}

static bool agrees(struct bench *b, const int32_t *items, size_t n)
{
    char input[80];
    snprintf(input, sizeof input, "%zu numbers, the first is %d", n, n ? items[0] : 0);
    const int32_t *sealed = bench_input(b, items, n * sizeof *items);
    return bench_expect_int(b, input, oracle(items, n), new_exercise(sealed, n));
}

TEST(of_none_it_is_the_smallest_there_is)
{
    agrees(b, NULL, 0);
}

TEST(one_number_is_the_largest)
{
    static const int32_t numbers[] = {0, -1, 7, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        agrees(b, &numbers[i], 1);
}

TEST(random_numbers_agree_with_the_oracle)
{
    enum { ROUNDS = 100, MOST = 50 };
    for (int round = 0; round < ROUNDS; round++) {
        int32_t items[MOST];
        size_t n = bench_random_below(b, MOST + 1);
        for (size_t i = 0; i < n; i++)
            items[i] = (int32_t)bench_random(b);
        if (!agrees(b, items, n))
            return;
    }
}
