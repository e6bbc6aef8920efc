/*
 * Tests of window_max() against an oracle that looks at every window from its beginning.
 */
#include <limits.h>
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gust_window.h"

static int oracle(const int *window, size_t w)
{
    int largest = window[0];
    for (size_t i = 1; i < w; i++)
        largest = window[i] > largest ? window[i] : largest;
    return largest;
}

static void describe(char *to, size_t room, const int *v, size_t n, size_t w)
{
    int len = snprintf(to, room, "w = %zu, %zu readings:", w, n);
    for (size_t i = 0; i < n && (size_t)len + 16 < room; i++)
        len += snprintf(to + len, room - (size_t)len, " %d", v[i]);
}

/* Compare with the oracle.  Readings and answers end at forbidden pages, and the room of the
 * answers is dirty before. */
static bool slides(struct bench *b, const int *v, size_t n, size_t w)
{
    char input[300];
    size_t windows = w > 0 && w <= n ? n - w + 1 : 0;
    describe(input, sizeof input, v, n, w);
    int *out = bench_guarded(b, windows * sizeof *out);
    if (windows > 0)
        memset(out, 0x7f, windows * sizeof *out);
    bool done = window_max(bench_input(b, v, n * sizeof *v), n, w, out);
    if (!bench_expect(b, done, "input:    %s\nexpected: true\ngot:      false", input))
        return false;
    for (size_t i = 0; i < windows; i++) {
        int want = oracle(v + i, w);
        if (!bench_expect(b, out[i] == want,
                          "input:    %s\nexpected: %d at %zu\ngot:      %d", input, want, i,
                          out[i]))
            return false;
    }
    return true;
}

/* Comes first: whoever remembers answers has an empty memory to put these into. */
TEST(the_same_address_with_new_contents_is_read_anew)
{
    int v[] = {1, 2, 3, 4, 5, 6}, out[5];
    for (int k = 0; k < 6; k++) {
        v[k] = 10 + k;
        bench_expect(b, window_max(v, 6, 2, out), "it gave false");
        for (size_t i = 0; i < 5; i++)
            bench_expect_int(b, "six readings, changed in place", oracle(v + i, 2), out[i]);
    }
}

TEST(windows_of_a_small_series)
{
    static const struct {
        size_t n;
        int v[8];
    } rows[] = {
        {1, {5}},
        {2, {1, 2}},
        {2, {2, 1}},
        {8, {1, 2, 3, 4, 5, 6, 7, 8}},
        {8, {8, 7, 6, 5, 4, 3, 2, 1}},
        {8, {4, 4, 4, 4, 4, 4, 4, 4}},
        {8, {9, 1, 1, 9, 1, 1, 1, 9}},
        {8, {1, 9, 1, 2, 1, 3, 1, 2}},
        {6, {-5, -3, -9, -3, -7, -1}},
        {4, {INT_MIN, INT_MIN, INT_MAX, INT_MIN}},
        {3, {INT_MIN, INT_MIN, INT_MIN}},
        {5, {0, -1, 0, -1, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t w = 1; w <= rows[i].n; w++)
            slides(b, rows[i].v, rows[i].n, w);
}

TEST(no_window_fits_and_nothing_is_stored)
{
    static const int v[] = {3, 1, 2};
    slides(b, v, 3, 0);
    slides(b, v, 3, 4);
    slides(b, v, 3, 1000000);
    slides(b, v, 3, SIZE_MAX);
    slides(b, v, 0, 0);
    slides(b, v, 0, 1);
}

TEST(long_falling_rising_and_level_series)
{
    enum { N = 3000 };
    static const size_t widths[] = {1, 2, 255, 256, 1000, 2999, 3000};
    int *v = malloc(N * sizeof *v);
    for (int slope = -1; slope <= 1; slope++) {
        for (int i = 0; i < N; i++)
            v[i] = slope * i;
        for (size_t k = 0; k < sizeof widths / sizeof widths[0]; k++)
            slides(b, v, N, widths[k]);
    }
    free(v);
}

TEST(one_gust_is_seen_from_every_window_that_holds_it)
{
    enum { N = 40 };
    for (size_t at = 0; at < N; at++) {
        int v[N] = {0};
        v[at] = 7;
        slides(b, v, N, 1);
        slides(b, v, N, 5);
        slides(b, v, N, 16);
    }
}

TEST(random_series_agree_with_the_oracle)
{
    enum { ROUNDS = 800, MOST = 90 };
    for (int round = 0; round < ROUNDS; round++) {
        int v[MOST];
        size_t n = bench_random_below(b, MOST + 1);
        size_t w = bench_random_below(b, n + 2);
        uint64_t kinds = 1 + bench_random_below(b, 200);
        for (size_t i = 0; i < n; i++)
            v[i] = (int)bench_random_below(b, kinds) - 100;
        if (!slides(b, v, n, w))
            return;
    }
}
