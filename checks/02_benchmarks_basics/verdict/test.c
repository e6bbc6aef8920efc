/*
 * Columns of which everybody would say the same, and what verdict() promises for all of them.
 * How often it errs where chance plays along is for the bench to count.
 */
#include <math.h>
#include <perfbench.h>
#include <stdio.h>

#include "verdict.h"

enum { MOST = 50 };

static const char *const words[] = {"slower", "cannot tell", "faster"};

/* The columns as text, as far as there is room. */
static void describe(char *to, size_t room, const double *v, int n)
{
    int len = snprintf(to, room, "%d:", n);
    for (int i = 0; i < n && (size_t)len + 16 < room; i++)
        len += snprintf(to + len, room - (size_t)len, " %.4g", v[i]);
}

static bool says(struct bench *b, const double *before, int n_old, const double *after,
                 int n_new, int want)
{
    char old_text[160], new_text[160];
    describe(old_text, sizeof old_text, before, n_old);
    describe(new_text, sizeof new_text, after, n_new);
    const double *old_ns = bench_input(b, before, (size_t)n_old * sizeof *before);
    const double *new_ns = bench_input(b, after, (size_t)n_new * sizeof *after);
    int got = verdict(old_ns, n_old, new_ns, n_new);
    return bench_expect(b, got == want, "old %s\nnew %s\nexpected: %s\ngot:      %s",
                        old_text, new_text, words[want + 1],
                        got >= -1 && got <= 1 ? words[got + 1] : "neither");
}

/* And the other way round. */
static bool says_both_ways(struct bench *b, const double *before, int n_old,
                           const double *after, int n_new, int want)
{
    return says(b, before, n_old, after, n_new, want) &&
           says(b, after, n_new, before, n_old, -want);
}

TEST(columns_that_lie_apart_differ)
{
    static const double before[] = {104, 101, 109, 103, 102, 107, 105, 106, 108, 100};
    static const double after[] = {84, 81, 89, 83, 82, 87, 85, 86, 88, 80};
    says_both_ways(b, before, 10, after, 10, FASTER);
    says_both_ways(b, before, 10, after, 7, FASTER);
    says_both_ways(b, before, 5, after, 5, FASTER);
    says_both_ways(b, before, 4, after, 10, FASTER);
}

TEST(nothing_can_be_told_from_columns_that_are_alike)
{
    double same[MOST], turned[MOST];
    for (int i = 0; i < MOST; i++) {
        same[i] = 100 + i % 7;
        turned[MOST - 1 - i] = same[i];
    }
    says_both_ways(b, same, MOST, turned, MOST, CANNOT_TELL);
    says_both_ways(b, same, 7, same, 7, CANNOT_TELL);
    for (int i = 0; i < MOST; i++)
        same[i] = 250;
    says_both_ways(b, same, MOST, same, MOST, CANNOT_TELL);
    says_both_ways(b, same, 10, same, 4, CANNOT_TELL);
}

TEST(fewer_than_four_timings_never_tell)
{
    static const double before[] = {100, 101, 102, 103, 104, 105, 106, 107};
    static const double after[] = {50, 51, 52};
    for (int n_old = 0; n_old <= 8; n_old++)
        for (int n_new = 0; n_new <= 3; n_new++)
            if (!says_both_ways(b, before, n_old, after, n_new, CANNOT_TELL))
                return;
}

TEST(the_unit_does_not_matter)
{
    for (double unit = 1e-3; unit < 1e12; unit *= 1000) {
        double before[8], after[8];
        for (int i = 0; i < 8; i++) {
            before[i] = unit * (100 + i);
            after[i] = unit * (80 + i);
        }
        if (!says_both_ways(b, before, 8, after, 8, FASTER))
            return;
    }
}

TEST(equal_timings_count_for_neither_side)
{
    static const double before[] = {100, 100, 104, 104, 104, 104, 104, 108, 108, 108};
    static const double less[] = {80, 80, 80, 80, 80, 80, 80, 88, 88, 100};
    static const double near[] = {100, 100, 100, 104, 104, 104, 104, 104, 108, 108};
    says_both_ways(b, before, 10, less, 10, FASTER);
    says_both_ways(b, before, 10, near, 10, CANNOT_TELL);
}
