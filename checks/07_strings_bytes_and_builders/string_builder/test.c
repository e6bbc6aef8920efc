/*
 * Tests of sb_append() and sb_reserve() against a plain array of bytes.
 */
#include <errno.h>
#include <perfbench.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "string_builder.h"

/* Let malloc answer NULL to what cannot be had, as it does without the sanitizer. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

/* Append a string and expect success. */
static bool appends(struct bench *b, sbuf *sb, const char *text)
{
    size_t len = sb->len;
    int got = sb_append(sb, text, strlen(text));
    return bench_expect(b, got == 0 && sb->len == len + strlen(text) && sb->len <= sb->cap,
                        "input:    append %zu bytes to %zu\n"
                        "expected: 0, len %zu, room for them\n"
                        "got:      %d, len %zu, cap %zu",
                        strlen(text), len, len + strlen(text), got, sb->len, sb->cap);
}

TEST(pieces_stand_one_after_the_other)
{
    sbuf sb = {0};
    appends(b, &sb, "<p>");
    appends(b, &sb, "Hello");
    appends(b, &sb, "</p>");
    bench_expect_mem(b, "<p>, Hello, </p>", "<p>Hello</p>", 12, sb.data, sb.len);
    free(sb.data);
}

TEST(appending_nothing_changes_nothing)
{
    sbuf sb = {0};
    bench_expect_int(b, "append 0 bytes at NULL", 0, sb_append(&sb, NULL, 0));
    bench_expect_int(b, "len after that", 0, sb.len);
    appends(b, &sb, "x");
    bench_expect_int(b, "append 0 bytes at NULL to \"x\"", 0, sb_append(&sb, NULL, 0));
    bench_expect_mem(b, "x and nothing", "x", 1, sb.data, sb.len);
    free(sb.data);
}

TEST(a_nul_is_a_byte_like_any_other)
{
    sbuf sb = {0};
    bench_expect_int(b, "append \"a\\0b\", 3 bytes", 0, sb_append(&sb, "a\0b", 3));
    bench_expect_int(b, "append \"\\0\", 1 byte", 0, sb_append(&sb, "", 1));
    bench_expect_mem(b, "a NUL b, NUL", "a\0b\0", 4, sb.data, sb.len);
    free(sb.data);
}

TEST(an_exact_fit_is_filled_to_the_last_byte)
{
    for (size_t n = 1; n <= 300; n += n < 20 ? 1 : 37) {
        sbuf sb = {0};
        if (!bench_expect(b, sb_reserve(&sb, n) == 0 && sb.cap >= n && sb.len == 0,
                          "input:    reserve %zu\nexpected: at least that room\n"
                          "got:      cap %zu, len %zu",
                          n, sb.cap, sb.len))
            return;
        while (sb.len < sb.cap && sb.len < 4096)
            if (!appends(b, &sb, "#"))
                return;
        free(sb.data);
    }
}

TEST(reserved_room_is_used_without_moving)
{
    sbuf sb = {0};
    appends(b, &sb, "head ");
    bench_expect_int(b, "reserve 1000", 0, sb_reserve(&sb, 1000));
    bench_expect(b, sb.cap >= 1005,
                 "input:    5 bytes, reserve 1000 more\n"
                 "expected: cap of at least 1005\ngot:      %zu",
                 sb.cap);
    bench_expect_mem(b, "contents after reserve", "head ", 5, sb.data, sb.len);
    const char *data = sb.data;
    for (int i = 0; i < 100; i++)
        if (!appends(b, &sb, "0123456789"))
            return;
    bench_expect(b, sb.data == data,
                 "appending 1000 bytes to 1000 reserved ones moved them");
    free(sb.data);
}

TEST(room_that_is_there_is_not_asked_for_again)
{
    sbuf sb = {0};
    appends(b, &sb, "0123456789");
    bench_expect_int(b, "reserve 100", 0, sb_reserve(&sb, 100));
    sbuf before = sb;
    for (int i = 0; i < 100; i++)
        bench_expect_int(b, "reserve 100", 0, sb_reserve(&sb, 100));
    bench_expect(b, memcmp(&sb, &before, sizeof sb) == 0,
                 "input:    10 bytes, room for 100 more, reserve 100 a hundred times\n"
                 "expected: cap %zu as before\ngot:      cap %zu",
                 before.cap, sb.cap);
    free(sb.data);
}

TEST(a_builder_set_back_to_nothing_keeps_its_room)
{
    sbuf sb = {0};
    for (int i = 0; i < 100; i++)
        appends(b, &sb, "first use ");
    const char *data = sb.data;
    size_t cap = sb.cap;
    sb.len = 0;
    appends(b, &sb, "second");
    bench_expect(b, sb.data == data && sb.cap == cap,
                 "after len = 0 the block was given up: cap was %zu, is %zu", cap, sb.cap);
    bench_expect_mem(b, "second use", "second", 6, sb.data, sb.len);
    free(sb.data);
}

TEST(a_length_that_overflows_is_refused)
{
    sbuf sb = {0};
    appends(b, &sb, "safe");
    for (size_t less = 0; less < 4; less++) {
        errno = 0;
        bench_expect_int(b, "4 bytes, reserve SIZE_MAX - 0..3", -1,
                         sb_reserve(&sb, SIZE_MAX - less));
        bench_expect_int(b, "errno after that", ENOMEM, errno);
        errno = 0;
        bench_expect_int(b, "4 bytes, append SIZE_MAX - 0..3", -1,
                         sb_append(&sb, "x", SIZE_MAX - less));
        bench_expect_int(b, "errno after that", ENOMEM, errno);
    }
    bench_expect_mem(b, "contents after the refusals", "safe", 4, sb.data, sb.len);
    free(sb.data);
}

TEST(memory_that_cannot_be_had_leaves_the_builder_alone)
{
    static const size_t much[] = {SIZE_MAX / 2, SIZE_MAX / 4 * 3, SIZE_MAX - 64};
    sbuf sb = {0};
    appends(b, &sb, "safe");
    sbuf before = sb;
    for (size_t i = 0; i < 3; i++) {
        errno = 0;
        bench_expect_int(b, "reserve SIZE_MAX / 2 and more", -1, sb_reserve(&sb, much[i]));
        bench_expect_int(b, "errno after that", ENOMEM, errno);
    }
    if (bench_expect(b, memcmp(&sb, &before, sizeof sb) == 0,
                     "a refused sb_reserve() changed the builder: len %zu, cap %zu", sb.len,
                     sb.cap))
        appends(b, &sb, " still");
    bench_expect_mem(b, "contents after that", "safe still", 10, sb.data, sb.len);
    free(sb.data);
}

enum { BUILDERS = 4, STEPS = 3000, MOST = 300, ROOM = STEPS * MOST };

/* Random appends, reservations and resets of several builders, each next to an array. */
TEST(random_work_agrees_with_plain_arrays)
{
    sbuf sb[BUILDERS] = {0};
    char *want[BUILDERS], text[MOST];
    size_t len[BUILDERS] = {0};
    for (int k = 0; k < BUILDERS; k++)
        want[k] = malloc(ROOM);
    for (int i = 0; i < MOST; i++)
        text[i] = (char)bench_random(b);
    const char *source = bench_input(b, text, sizeof text);

    bool held = true;
    for (int step = 0; held && step < STEPS; step++) {
        size_t k = bench_random_below(b, BUILDERS), kind = bench_random_below(b, 64);
        size_t n = bench_random_below(b, kind < 4 ? MOST + 1 : 20);
        if (kind == 63) {
            len[k] = sb[k].len = bench_random_below(b, sb[k].len + 1);
        } else if (kind == 62) {
            held = bench_expect_int(b, "reserve", 0, sb_reserve(&sb[k], n)) &&
                   bench_expect(b, sb[k].cap - sb[k].len >= n, "reserved %zu, got %zu", n,
                                sb[k].cap - sb[k].len);
        } else {
            memcpy(want[k] + len[k], source + MOST - n, n);
            len[k] += n;
            held =
                bench_expect_int(b, "append", 0, sb_append(&sb[k], source + MOST - n, n));
        }
        held = held && bench_expect_int(b, "length after a random step", len[k], sb[k].len);
    }
    for (int k = 0; k < BUILDERS; k++) {
        if (held)
            bench_expect_mem(b, "3000 random steps", want[k], len[k], sb[k].data,
                             sb[k].len);
        free(want[k]);
        free(sb[k].data);
    }
}
