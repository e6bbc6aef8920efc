/*
 * Tests of join_strings() against an oracle that copies one character at a time.
 */
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "join_names.h"

static char *put(char *end, const char *s)
{
    while (*s)
        *end++ = *s++;
    return end;
}

static char *oracle(const char *const *items, size_t n, const char *sep)
{
    size_t room = 1;
    for (size_t i = 0; i < n; i++)
        room += strlen(items[i]) + strlen(sep);
    char *text = malloc(room), *end = text;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            end = put(end, sep);
        end = put(end, items[i]);
    }
    *end = '\0';
    return text;
}

/* "3 items: "a", "", "b"; separator ", "", with as many items as fit. */
static void describe(char *to, size_t room, const char *const *items, size_t n,
                     const char *sep)
{
    char quoted[260];
    int len = snprintf(
        to, room, "separator %s, %zu items:", bench_quote(quoted, sep, strlen(sep), 0), n);
    for (size_t i = 0; i < n && (size_t)len + 80 < room; i++)
        len += snprintf(to + len, room - (size_t)len, " %s",
                        bench_quote(quoted, items[i], strlen(items[i]), 0));
}

/* Join, compare with the oracle, free. */
static bool joins(struct bench *b, const char *const *items, size_t n, const char *sep)
{
    char input[400];
    char *want = oracle(items, n, sep), *got = join_strings(items, n, sep);
    describe(input, sizeof input, items, n, sep);
    bool same = bench_expect_str(b, input, want, got);
    free(want);
    free(got);
    return same;
}

/* Comes first: whoever remembers answers has an empty memory to put these into. */
TEST(the_same_addresses_with_new_contents_are_joined_anew)
{
    char first[] = "Ada", second[] = "Bob", sep[] = "&";
    const char *const items[] = {first, second};
    joins(b, items, 2, sep);
    memcpy(second, "Eve", 3);
    joins(b, items, 2, sep);
    sep[0] = '+';
    joins(b, items, 2, sep);
}

TEST(separators_stand_between_neighbours_only)
{
    static const struct {
        size_t n;
        const char *items[4], *sep;
    } rows[] = {
        {1, {"alone"}, ", "},
        {2, {"a", "b"}, ", "},
        {3, {"x", "y", "z"}, ""},
        {4, {"", "", "", ""}, "-"},
        {3, {"", "middle", ""}, ","},
        {1, {""}, ","},
        {3, {"a", "", "b"}, ", "},
        {2, {", ", ", "}, ", "},
        {3, {"", "", ""}, ""},
        {2, {"b", "a"}, " and a very long separator that is longer than both names "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        joins(b, rows[i].items, rows[i].n, rows[i].sep);
}

TEST(nothing_joined_is_the_empty_string)
{
    const char *const unused = "not an item";
    joins(b, &unused, 0, ", ");
    joins(b, &unused, 0, "");
}

TEST(one_pointer_may_occur_many_times)
{
    const char *const same = "same", *const items[] = {same, same, same, same};
    joins(b, items, 4, same);
}

TEST(bytes_above_127_are_bytes)
{
    const char *const items[] = {"Zo\xc3\xab", "\xff\x80", "Ren\xc3\xa9"};
    joins(b, items, 3, " \xc2\xb7 ");
}

TEST(long_items_are_joined_whole)
{
    enum { LONG = 70000 };
    char *text = malloc(LONG + 1);
    memset(text, 'l', LONG);
    text[LONG] = '\0';
    const char *const items[] = {"short", text, "", text};
    joins(b, items, 4, "; ");
    free(text);
}

TEST(two_thousand_items_are_joined)
{
    enum { MANY = 2000 };
    static const char *const names[] = {"Ada", "Grace", "Barbara", "Radia", ""};
    const char **items = malloc(MANY * sizeof *items);
    for (int i = 0; i < MANY; i++)
        items[i] = names[bench_random_below(b, 5)];
    joins(b, items, MANY, ", ");
    free(items);
}

/* A copy of up to `limit` random letters that ends at a forbidden page. */
static const char *random_text(struct bench *b, size_t limit)
{
    char text[64];
    size_t n = bench_random_below(b, limit + 1);
    for (size_t i = 0; i < n; i++)
        text[i] = (char)('a' + bench_random_below(b, 26));
    text[n] = '\0';
    return bench_input(b, text, n + 1);
}

TEST(random_joins_agree_with_the_oracle)
{
    enum { ROUNDS = 60, MOST = 20 };
    for (int round = 0; round < ROUNDS; round++) {
        const char *items[MOST];
        size_t n = bench_random_below(b, MOST + 1);
        size_t limit = 1 + bench_random_below(b, 40);
        for (size_t i = 0; i < n; i++)
            items[i] = random_text(b, limit);
        const char *const *sealed = bench_input(b, items, n * sizeof *items);
        if (!joins(b, sealed, n, random_text(b, 3)))
            return;
    }
}

TEST(every_answer_is_a_block_of_its_own)
{
    const char *const items[] = {"one", "two"};
    char *first = join_strings(items, 2, "-"), *second = join_strings(items, 2, "+");
    if (!bench_expect(b, first && second && first != second,
                      "two calls did not give two blocks"))
        return;
    bench_expect_str(b, "the first answer, after a second call", "one-two", first);
    first[0] = 'O';
    bench_expect_str(b, "the second answer, after writing to the first", "one+two", second);
    free(first);
    free(second);
}
