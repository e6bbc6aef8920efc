/*
 * Tests of count_paths().  What the starter can count in its lifetime is compared with an
 * oracle that fills a table from the last cell backwards; mazes with more ways than that only
 * when the kernel has shown that it does not count them one by one.
 */
#include <perfbench.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "maze_paths.h"

static uint64_t oracle(const char *grid, int w, int h)
{
    uint64_t *ways = calloc((size_t)w * (size_t)h, sizeof *ways);
    for (int i = w * h - 1; i >= 0; i--) {
        bool is_last = i == w * h - 1;
        uint64_t right = i % w < w - 1 ? ways[i + 1] : 0;
        uint64_t below = i / w < h - 1 ? ways[i + w] : 0;
        ways[i] = grid[i] == '#' ? 0 : is_last ? 1 : right + below;
    }
    uint64_t all = ways[0];
    free(ways);
    return all;
}

/* Compare with the oracle on a copy that ends at a forbidden page. */
static bool counts(struct bench *b, const char *grid, int w, int h)
{
    char quoted[260];
    size_t n = (size_t)w * (size_t)h;
    uint64_t want = oracle(grid, w, h), got = count_paths(bench_input(b, grid, n), w, h);
    return bench_expect(b, got == want,
                        "input:    %d columns, %d rows: %s\nexpected: %llu\ngot:      %llu",
                        w, h, bench_quote(quoted, grid, n, 0), (unsigned long long)want,
                        (unsigned long long)got);
}

/* Comes first: whoever remembers answers has an empty memory to put these into. */
TEST(the_same_address_with_another_wall_is_counted_anew)
{
    char grid[] = ".........";
    bench_expect_int(b, "3x3 without walls", 6, count_paths(grid, 3, 3));
    grid[4] = '#';
    bench_expect_int(b, "3x3 with a wall in the middle", 2, count_paths(grid, 3, 3));
    grid[1] = '#';
    bench_expect_int(b, "the same with another wall", 1, count_paths(grid, 3, 3));
    grid[4] = '.';
    bench_expect_int(b, "the first wall taken away", 3, count_paths(grid, 3, 3));
    bench_expect_int(b, "the same characters as 9 columns", 0, count_paths(grid, 9, 1));
}

TEST(special_mazes)
{
    static const struct {
        const char *grid;
        int w, h;
    } rows[] = {
        {".", 1, 1},
        {"#", 1, 1},
        {"..", 2, 1},
        {"..", 1, 2},
        {"#.", 2, 1},
        {".#", 1, 2},
        {"....", 2, 2},
        {".##.", 2, 2},
        {".#..", 2, 2},
        {"#...", 2, 2},
        {"...#", 2, 2},
        {"......", 3, 2},
        {"......", 2, 3},
        {"..#.#....", 3, 3},
        {"...##....", 3, 3},
        {"x y*S G.", 4, 2},
        {".\x7f\xa3\xff\x01.", 3, 2},
        {"................................", 32, 1},
        {"................................", 1, 32},
        {"...............#................", 32, 1},
        {"...............#................", 1, 32},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        counts(b, rows[i].grid, rows[i].w, rows[i].h);
}

TEST(each_wall_counts)
{
    char grid[36];
    for (size_t i = 0; i < sizeof grid; i++) {
        memset(grid, '.', sizeof grid);
        grid[i] = '#';
        if (!counts(b, grid, 6, 6) || !counts(b, grid, 4, 9) || !counts(b, grid, 9, 4))
            return;
    }
}

TEST(long_and_narrow_mazes)
{
    enum { LONG = 1000 };
    char *grid = malloc(LONG);
    memset(grid, '.', LONG);
    counts(b, grid, LONG, 1);
    counts(b, grid, 1, LONG);
    counts(b, grid, 200, 2);
    counts(b, grid, 2, 200);
    counts(b, grid, 100, 3);
    counts(b, grid, 3, 100);
    free(grid);
}

TEST(random_mazes_agree_with_the_oracle)
{
    for (int round = 0; round < 500; round++) {
        char grid[64];
        int w = 1 + (int)bench_random_below(b, 8), h = 1 + (int)bench_random_below(b, 8);
        uint64_t walls = 2 + bench_random_below(b, 12);
        for (int i = 0; i < w * h; i++)
            grid[i] = bench_random_below(b, walls) == 0 ? '#' : '.';
        if (!counts(b, grid, w, h))
            return;
    }
}

static void fill(char *grid, int n, bool dead_ends)
{
    memset(grid, '.', (size_t)n * (size_t)n);
    if (dead_ends)
        memset(grid + (n - 2) * n + 1, '#', (size_t)n - 1);
}

/* Whether a maze with 2.7 million ways takes less than 2 ms of processor time: one by one
 * they take longer on any machine, and an answer for each of the 169 cells is a matter of
 * microseconds. */
static bool is_quick(struct bench *b, bool dead_ends)
{
    enum { SIDE = 13 };
    char grid[SIDE * SIDE];
    fill(grid, SIDE, dead_ends);
    for (int try = 0; try < 2; try++) {
        const char *input = bench_input(b, grid, sizeof grid);
        clock_t began = clock();
        count_paths(input, SIDE, SIDE);
        if (clock() - began < CLOCKS_PER_SEC / 500)
            return true;
    }
    return false;
}

TEST(more_ways_than_fit_into_32_bits)
{
    enum { SIDE = 30, LONG = 100 };
    char grid[SIDE * SIDE];
    bool fears_nothing = true;
    for (int dead_ends = 0; dead_ends < 2; dead_ends++) {
        fill(grid, SIDE, dead_ends);
        if (is_quick(b, dead_ends))
            counts(b, grid, SIDE, SIDE);
        else
            fears_nothing = false;
    }
    if (!fears_nothing)
        return;
    memset(grid, '.', sizeof grid);
    counts(b, grid, LONG, SIDE * SIDE / LONG);
    counts(b, grid, SIDE * SIDE / LONG, LONG);
    for (int i = 0; i < SIDE * SIDE; i++)
        grid[i] =
            i > 0 && i < SIDE * SIDE - 1 && bench_random_below(b, 10) == 0 ? '#' : '.';
    counts(b, grid, SIDE, SIDE);
}

TEST(large_mazes_with_few_ways)
{
    enum { SIDE = 1000 };
    char *grid = malloc(SIDE * SIDE);
    memset(grid, '#', SIDE * SIDE);
    for (int i = 0; i < SIDE; i++)
        grid[i] = grid[i * SIDE + SIDE - 1] = '.';
    counts(b, grid, SIDE, SIDE);
    grid[SIDE / 2] = '#';
    counts(b, grid, SIDE, SIDE);
    free(grid);
}
