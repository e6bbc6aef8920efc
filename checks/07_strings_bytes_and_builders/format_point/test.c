/*
 * Tests of format_point() against printf(), in buffers that end at a forbidden page.
 */
#include <inttypes.h>
#include <perfbench.h>
#include <stdio.h>
#include <string.h>

#include "format_point.h"

/* The line of `p` with a NUL; gives its length. */
static size_t oracle(char line[POINT_LONGEST + 1], const struct point *p)
{
    return (size_t)sprintf(
        line, "node,id=%" PRIu32 " load=%" PRId32 "i,temp=%" PRId32 "i %" PRIu64 "\n",
        p->node, p->load, p->temp, p->time);
}

/* Write `p` to `cap` bytes before a forbidden page, expect the line or the refusal. */
static bool writes(struct bench *b, char *page_end, size_t cap, const struct point *p)
{
    char want[POINT_LONGEST + 1], input[160];
    size_t len = oracle(want, p);
    snprintf(input, sizeof input,
             "node %" PRIu32 ", load %" PRId32 ", temp %" PRId32 ", time %" PRIu64
             ", cap %zu (the line has %zu)",
             p->node, p->load, p->temp, p->time, cap, len);
    char *buf = page_end - cap;
    size_t got = format_point(buf, cap, p);
    if (cap < len)
        return bench_expect_int(b, input, 0, got);
    return bench_expect_mem(b, input, want, len, buf, got <= cap ? got : cap);
}

/* The end of `n` bytes that can be written; the next one cannot. */
static char *guarded_end(struct bench *b, size_t n)
{
    return (char *)bench_guarded(b, n) + n;
}

/* Comes first: whoever remembers lines has an empty memory to put these into. */
TEST(the_same_point_with_new_numbers_is_written_anew)
{
    char *end = guarded_end(b, POINT_LONGEST);
    struct point p = {.time = 1, .node = 2, .load = 3, .temp = 4};
    writes(b, end, POINT_LONGEST, &p);
    p.temp = 5;
    writes(b, end, POINT_LONGEST, &p);
    p.time = 6;
    writes(b, end, POINT_LONGEST, &p);
}

/* All powers of ten with their neighbours, and the ends of the ranges. */
TEST(numbers_of_every_length_are_written)
{
    char *end = guarded_end(b, POINT_LONGEST);
    for (uint64_t power = 1, step = 0; step < 20; step++, power *= 10) {
        for (int off = -1; off <= 1; off++) {
            uint64_t v = power + (uint64_t)off;
            struct point p = {v, (uint32_t)v, (int32_t)v, (int32_t)-v};
            if (!writes(b, end, POINT_LONGEST, &p))
                return;
        }
    }
    for (uint64_t v = 0; v <= 1000; v++) {
        struct point p = {v, (uint32_t)v, (int32_t)v, (int32_t)-v};
        if (!writes(b, end, POINT_LONGEST, &p))
            return;
    }
}

TEST(the_ends_of_the_ranges_are_written)
{
    static const struct point rows[] = {
        {0, 0, 0, 0},
        {UINT64_MAX, UINT32_MAX, INT32_MAX, INT32_MIN},
        {UINT64_MAX, UINT32_MAX, INT32_MIN, INT32_MIN},
        {UINT64_MAX - 1, UINT32_MAX - 1, INT32_MIN + 1, INT32_MAX - 1},
        {UINT32_MAX, INT32_MAX, -1, 1},
        {UINT32_MAX + UINT64_C(1), 0, -9, -10},
    };
    char *end = guarded_end(b, POINT_LONGEST);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        writes(b, end, POINT_LONGEST, &rows[i]);
}

TEST(an_exact_fit_is_a_fit_and_one_byte_less_is_not)
{
    static const struct point rows[] = {
        {0, 0, 0, 0},
        {1718000000123, 4211, -17, 486},
        {UINT64_MAX, UINT32_MAX, INT32_MIN, INT32_MIN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char line[POINT_LONGEST + 1];
        size_t len = oracle(line, &rows[i]);
        char *end = guarded_end(b, len + 1);
        for (size_t cap = 0; cap <= len + 1; cap++)
            writes(b, end, cap, &rows[i]);
    }
}

TEST(without_room_nothing_is_written)
{
    struct point p = {.time = 1718000000123, .node = 7, .load = 8, .temp = 9};
    bench_expect_int(b, "cap 0, buf NULL", 0, format_point(NULL, 0, &p));
    char before[POINT_LONGEST * 2];
    memset(before, '#', sizeof before);
    format_point(before + POINT_LONGEST, 10, &p);
    for (int i = 0; i < POINT_LONGEST; i++)
        if (!bench_expect_int(b, "a byte before a buffer of 10 bytes", '#', before[i]))
            return;
    for (size_t i = POINT_LONGEST + 10; i < sizeof before; i++)
        if (!bench_expect_int(b, "a byte behind a buffer of 10 bytes", '#', before[i]))
            return;
}

TEST(lines_stand_one_after_the_other)
{
    enum { LINES = 40 };
    char want[LINES * POINT_LONGEST + 1], *got = bench_guarded(b, sizeof want - 1);
    size_t want_len = 0, len = 0;
    for (int i = 0; i < LINES; i++) {
        struct point p = {bench_random(b) >> bench_random_below(b, 64), (uint32_t)i * 97u,
                          -i * 1001, i * i * i};
        want_len += oracle(want + want_len, &p);
        len += format_point(got + len, sizeof want - 1 - len, &p);
    }
    bench_expect_mem(b, "forty lines in one buffer", want, want_len, got, len);
}

/* Random bits, shifted so that short numbers are as frequent as long ones. */
TEST(random_points_agree_with_printf)
{
    enum { ROUNDS = 3000 };
    char *end = guarded_end(b, POINT_LONGEST);
    for (int round = 0; round < ROUNDS; round++) {
        struct point p = {
            .time = bench_random(b) >> bench_random_below(b, 64),
            .node = (uint32_t)bench_random(b) >> bench_random_below(b, 32),
            .load = (int32_t)bench_random(b) >> bench_random_below(b, 32),
            .temp = (int32_t)bench_random(b) >> bench_random_below(b, 32),
        };
        size_t less = bench_random_below(b, 4) == 0 ? bench_random_below(b, 40) : 0;
        if (!writes(b, end, POINT_LONGEST - less, &p))
            return;
    }
}
