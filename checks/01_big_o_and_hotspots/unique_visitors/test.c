/*
 * Tests of count_unique() against an oracle that looks for each badge among those before it.
 */
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unique_visitors.h"

static size_t oracle(const uint64_t *badges, size_t n)
{
    size_t unique = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (badges[k] != badges[i])
            k++;
        unique += k == i;
    }
    return unique;
}

/* Count in a copy that cannot be written and ends at a forbidden page. */
static bool counts(struct bench *b, const uint64_t *badges, size_t n)
{
    char input[300];
    int len = snprintf(input, sizeof input, "%zu badges:", n);
    for (size_t i = 0; i < n && (size_t)len + 24 < sizeof input; i++)
        len += snprintf(input + len, sizeof input - (size_t)len, " %llu",
                        (unsigned long long)badges[i]);
    const uint64_t *sealed = bench_input(b, badges, n * sizeof *badges);
    return bench_expect_int(b, input, oracle(badges, n), count_unique(sealed, n));
}

/* Comes first: whoever remembers answers has an empty memory to put these into. */
TEST(the_same_address_with_new_contents_is_counted_anew)
{
    uint64_t badges[] = {10, 20, 30, 40, 50};
    for (size_t i = 1; i < 5; i++) {
        bench_expect_int(b, "five badges, one after the other made equal to the first",
                         6 - i, count_unique(badges, 5));
        badges[i] = badges[0];
    }
    bench_expect_int(b, "five times the same badge", 1, count_unique(badges, 5));
}

TEST(of_none_there_are_none)
{
    static const uint64_t badge = 7;
    bench_expect_int(b, "NULL and 0", 0, count_unique(NULL, 0));
    bench_expect_int(b, "an address and 0", 0, count_unique(&badge, 0));
}

TEST(small_lists_are_counted)
{
    static const struct {
        size_t n;
        uint64_t badges[6];
    } rows[] = {
        {1, {7}},
        {1, {0}},
        {2, {7, 7}},
        {2, {0, 0}},
        {2, {0, 7}},
        {2, {7, 0}},
        {4, {7, 3, 7, 7}},
        {6, {1, 2, 3, 4, 5, 6}},
        {6, {6, 5, 4, 6, 5, 4}},
        {3, {UINT64_MAX, 0, UINT64_MAX}},
        {2, {UINT64_MAX, UINT64_MAX - 1}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        counts(b, rows[i].badges, rows[i].n);
}

TEST(every_bit_of_a_badge_counts)
{
    uint64_t badges[65] = {0};
    for (int bit = 0; bit < 64; bit++)
        badges[bit] = UINT64_C(1) << bit;
    counts(b, badges, 64);
    counts(b, badges, 65);
}

TEST(badges_that_differ_in_their_upper_half_are_different)
{
    enum { MANY = 1000 };
    uint64_t *badges = malloc(MANY * sizeof *badges);
    for (uint64_t i = 0; i < MANY; i++)
        badges[i] = i << 32 | 4711;
    counts(b, badges, MANY);
    for (uint64_t i = 0; i < MANY; i++)
        badges[i] = (i % 10) << 48 | i / 10;
    counts(b, badges, MANY);
    free(badges);
}

TEST(many_zeros_among_others_are_one_badge)
{
    enum { MANY = 500 };
    uint64_t badges[MANY] = {0};
    counts(b, badges, MANY);
    for (size_t i = 0; i < MANY; i += 7)
        badges[i] = i;
    counts(b, badges, MANY);
}

TEST(long_lists_are_counted_exactly)
{
    enum { MANY = 6000 };
    uint64_t *badges = malloc(MANY * sizeof *badges);
    for (size_t i = 0; i < MANY; i++)
        badges[i] = bench_random(b);
    counts(b, badges, MANY);
    for (size_t i = 0; i < MANY; i++)
        badges[i] = bench_random_below(b, MANY);
    counts(b, badges, MANY);
    for (size_t i = 0; i < MANY; i++)
        badges[i] = MANY - i;
    counts(b, badges, MANY);
    for (size_t i = 0; i < MANY; i++)
        badges[i] = i / 2;
    counts(b, badges, MANY);
    free(badges);
}

TEST(random_lists_agree_with_the_oracle)
{
    enum { ROUNDS = 300, MOST = 120 };
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t badges[MOST];
        size_t n = bench_random_below(b, MOST + 1);
        uint64_t kinds = 1 + bench_random_below(b, MOST);
        for (size_t i = 0; i < n; i++)
            badges[i] = bench_random_below(b, kinds) * UINT64_C(0x9e3779b97f4a7c15);
        if (!counts(b, badges, n))
            return;
    }
}
