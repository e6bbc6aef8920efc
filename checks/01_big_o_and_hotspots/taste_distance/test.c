/*
 * Tests of taste_distance() against an oracle that looks at each pair; and, where there are too
 * many pairs for that, on lists whose answer is known.
 */
#include <limits.h>
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "taste_distance.h"

static uint64_t oracle(const int *rank, size_t n)
{
    uint64_t pairs = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            pairs += rank[i] > rank[j];
    return pairs;
}

static bool expect(struct bench *b, const int *rank, size_t n, uint64_t want)
{
    char shown[256] = "";
    size_t end = 0;
    for (size_t i = 0; i < n && end < 100; i++)
        end += (size_t)snprintf(shown + end, sizeof shown - end, "%s%d", i ? " " : "",
                                rank[i]);
    uint64_t got = taste_distance(bench_input(b, rank, n * sizeof *rank), n);
    return bench_expect(
        b, got == want, "input:    %zu songs: %s%s\nexpected: %llu\ngot:      %llu", n,
        shown, end < 100 ? "" : " ...", (unsigned long long)want, (unsigned long long)got);
}

static bool agrees(struct bench *b, const int *rank, size_t n)
{
    return expect(b, rank, n, oracle(rank, n));
}

/* Comes first: whoever remembers answers has an empty memory to put these into. */
TEST(the_same_address_with_another_rank_is_counted_anew)
{
    int rank[] = {1, 2, 3, 4};
    bench_expect_int(b, "1 2 3 4", 0, taste_distance(rank, 4));
    rank[0] = 5;
    bench_expect_int(b, "5 2 3 4, the first one changed", 3, taste_distance(rank, 4));
    rank[3] = 1;
    bench_expect_int(b, "5 2 3 1, the last one changed", 5, taste_distance(rank, 4));
    bench_expect_int(b, "5 2 3, one less of the same", 2, taste_distance(rank, 3));
}

TEST(special_lists)
{
    static const struct {
        int rank[8];
        size_t n;
    } rows[] = {
        {{0}, 0},
        {{7}, 1},
        {{1, 2}, 2},
        {{2, 1}, 2},
        {{1, 1}, 2},
        {{1, 2, 3}, 3},
        {{3, 1, 2}, 3},
        {{3, 2, 1}, 3},
        {{2, 2, 1}, 3},
        {{2, 1, 1}, 3},
        {{1, 2, 1}, 3},
        {{5, 5, 5, 5, 5}, 5},
        {{5, 4, 3, 2, 1}, 5},
        {{0, -1, -2, -3, -3}, 5},
        {{INT_MAX, INT_MIN}, 2},
        {{INT_MIN, INT_MAX}, 2},
        {{INT_MAX, 0, INT_MIN, -1, 1, INT_MIN, INT_MAX}, 7},
        {{4, 3, 2, 1, 4, 3, 2, 1}, 8},
        {{1, 3, 5, 7, 2, 4, 6, 8}, 8},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        agrees(b, rows[i].rank, rows[i].n);
}

TEST(the_list_is_not_changed)
{
    int rank[] = {3, 1, 2, 5, 4}, same[] = {3, 1, 2, 5, 4};
    taste_distance(rank, 5);
    bench_expect_mem(b, "3 1 2 5 4", same, sizeof same, rank, sizeof rank);
}

TEST(random_lists_of_every_length)
{
    static const uint64_t kinds[] = {2, 5, 100, UINT32_MAX};
    int rank[300];
    for (size_t n = 0; n <= sizeof rank / sizeof rank[0]; n += n < 70 ? 1 : 23)
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            for (size_t i = 0; i < n; i++)
                rank[i] = (int)(bench_random_below(b, kinds[k]) - kinds[k] / 2);
            if (!agrees(b, rank, n))
                return;
        }
}

/* Nearly sorted, so that sorting by swaps is quick: 16000 songs of which the first and the
 * last have changed places. */
TEST(long_lists)
{
    enum { MANY = 16000, MOVED = 50 };
    int *rank = malloc(MANY * sizeof *rank);
    for (int i = 0; i < MANY; i++)
        rank[i] = i < MOVED ? MANY - MOVED + i : i >= MANY - MOVED ? i - MANY + MOVED : i;
    expect(b, rank, MANY, (uint64_t)MOVED * (2 * (MANY - MOVED) - MOVED));
    for (int i = 0; i < MANY; i++)
        rank[i] = i;
    expect(b, rank, MANY, 0);
    free(rank);
}

/* Whether 33 million swaps are avoided: they take longer than 5 ms of processor time on any
 * machine, and a better sort of 8192 songs a small part of that. */
static bool is_quick(struct bench *b)
{
    enum { MANY = 8192 };
    int *rank = malloc(MANY * sizeof *rank);
    for (int i = 0; i < MANY; i++)
        rank[i] = -i;
    bool is = false;
    for (int try = 0; try < 2 && !is; try++) {
        const int *input = bench_input(b, rank, MANY * sizeof *rank);
        clock_t began = clock();
        taste_distance(input, MANY);
        is = clock() - began < CLOCKS_PER_SEC / 200;
    }
    free(rank);
    return is;
}

/* Nobody who counts pair by pair would get that far here, and need not: growth tells. */
TEST(an_answer_beyond_32_bits)
{
    enum { HALF = 70000 };
    if (!is_quick(b))
        return;
    int *rank = malloc(2 * sizeof *rank * HALF);
    for (int i = 0; i < 2 * HALF; i++)
        rank[i] = i < HALF;
    expect(b, rank, 2 * (size_t)HALF, (uint64_t)HALF * HALF);
    free(rank);
}
