/*
 * Tests of html_escape() against an oracle that looks at one character at a time.
 */
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html_escape.h"

static const char *const rows[] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

/* The escaped text; gives its length in `*len`. */
static char *oracle(const char *s, size_t *len)
{
    char *html = malloc(strlen(s) * 6 + 1);
    *len = 0;
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        const char *piece = c < sizeof rows / sizeof rows[0] ? rows[c] : NULL;
        if (!piece)
            html[(*len)++] = *s;
        for (; piece && *piece; piece++)
            html[(*len)++] = *piece;
    }
    html[*len] = '\0';
    return html;
}

/* Escape a copy of `s` that ends at a forbidden page, compare with the oracle, free. */
static bool escapes(struct bench *b, const char *s)
{
    char input[400], quoted[260];
    size_t want_len, len = 4711;
    char *want = oracle(s, &want_len);
    char *got = html_escape(bench_input(b, s, strlen(s) + 1), &len);
    snprintf(input, sizeof input, "%s (%zu bytes)", bench_quote(quoted, s, strlen(s), 0),
             strlen(s));
    bool held = bench_expect_str(b, input, want, got) &&
                bench_expect(b, len == want_len,
                             "input:    %s\nexpected: *outlen %zu\ngot:      %zu", input,
                             want_len, len);
    free(want);
    free(got);
    return held;
}

/* Comes first: whoever remembers answers has an empty memory to put these into. */
TEST(the_same_address_with_new_contents_is_escaped_anew)
{
    char text[] = "a<b";
    size_t len;
    char *html = html_escape(text, &len);
    bench_expect_str(b, "\"a<b\"", "a&lt;b", html);
    free(html);
    text[1] = '>';
    html = html_escape(text, &len);
    bench_expect_str(b, "\"a>b\" at the address of \"a<b\"", "a&gt;b", html);
    free(html);
}

TEST(each_special_character_has_its_replacement)
{
    static const char *const texts[] = {
        "&",
        "<",
        ">",
        "\"",
        "'",
        "&<>\"'",
        "<<<<",
        "a&b",
        "<b>",
        "&&",
        "'x'",
        "x\"",
        ">x",
        "1 < 2 && 3 > 2",
        "&lt;",
        "&amp;",
        "&#39;",
        "&quot;x;",
        "O'Neill",
        "a;b#c",
        "/path?x=1&y=2",
        "<a href=\"x\">it's</a>",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        escapes(b, texts[i]);
}

TEST(clean_text_is_copied)
{
    static const char *const texts[] = {"", "x", "nothing to do here", "\n\t\r"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t len;
        escapes(b, texts[i]);
        char *first = html_escape(texts[i], &len), *second = html_escape(texts[i], &len);
        bench_expect(b, first && first != texts[i] && first != second,
                     "the answer is not a block of its own");
        free(first);
        free(second);
    }
}

TEST(every_byte_but_five_stays_as_it_is)
{
    char text[256];
    for (int c = 1; c < 256; c++)
        text[c - 1] = (char)c;
    text[255] = '\0';
    escapes(b, text);
    for (int c = 1; c < 256; c++)
        if (!escapes(b, (const char[]){(char)c, '\0'}))
            return;
}

/* The special character at each place of texts of each length: ends of blocks included. */
TEST(no_place_is_overlooked)
{
    enum { MOST = 70 };
    char text[MOST + 1];
    for (size_t n = 1; n <= MOST; n++) {
        memset(text, '.', n);
        text[n] = '\0';
        for (size_t at = 0; at < n; at++) {
            text[at] = "&<>\"'"[at % 5];
            if (!escapes(b, text))
                return;
            text[at] = '.';
        }
    }
}

TEST(long_texts_are_escaped_to_the_end)
{
    enum { LONG = 70000 };
    char *text = malloc(LONG + 1);
    text[LONG] = '\0';
    memset(text, 'l', LONG);
    escapes(b, text);
    text[LONG - 1] = '"';
    escapes(b, text);
    memset(text, '"', LONG);
    escapes(b, text);
    free(text);
}

TEST(random_texts_agree_with_the_oracle)
{
    enum { ROUNDS = 1500, MOST = 300 };
    for (int round = 0; round < ROUNDS; round++) {
        char text[MOST + 1];
        size_t n = bench_random_below(b, MOST + 1), one_in = 1 + bench_random_below(b, 40);
        for (size_t i = 0; i < n; i++)
            text[i] = bench_random_below(b, one_in) == 0
                          ? "&<>\"'"[bench_random_below(b, 5)]
                          : (char)(1 + bench_random_below(b, 255));
        text[n] = '\0';
        if (!escapes(b, text))
            return;
    }
}
