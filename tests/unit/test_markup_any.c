/*
 * Rules that hold for every document: any bytes, any width, every mode.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmark.h>
#include <cmocka.h>
#include <locale.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "base/text.h"
#include "markup/markup.h"

static void check_line(const struct pc_line *line, const struct pc_markup_options *options)
{
    size_t width =
        options->width < PC_MARKUP_WIDTH_MIN ? PC_MARKUP_WIDTH_MIN : options->width;
    assert_int_equal(strlen(line->text), line->n);
    assert_int_equal(pc_text_width(line->text, line->n), line->width);
    if (!line->code && line->width > width)
        fail_msg("%zu columns at width %zu: %s", line->width, width, line->text);
    assert_true(pc_text_is_utf8(line->text, line->n));
    for (size_t i = 0; i < line->n;) {
        uint32_t c;
        i += pc_text_decode(line->text + i, line->n - i, &c);
        if (c < 0x20 || (c >= 0x7f && c < 0xa0) || (options->ascii && c >= 0x7f))
            fail_msg("U+%04X in: %s", c, line->text);
    }
    size_t end = 0;
    for (size_t k = 0; k < line->n_spans; k++) {
        assert_int_equal(line->spans[k].at, end);
        assert_true(line->spans[k].n > 0);
        end += line->spans[k].n;
    }
    assert_int_equal(end, line->n);
    assert_true(line->head <= line->n);
}

static void check_document(const struct pc_document *document,
                           const struct pc_markup_options *options)
{
    for (size_t i = 0; i < document->n_lines; i++) {
        check_line(&document->lines[i], options);
        /* Each line is the one at its own place. */
        assert_int_equal(pc_document_line_at(document, document->lines[i].place), i);
    }
    for (size_t i = 0; i < document->n_headings; i++)
        assert_true(document->headings[i].line < document->n_lines);
    for (size_t i = 0; i < document->n_links; i++) {
        const struct pc_link *link = &document->links[i];
        assert_non_null(link->text);
        assert_true(link->line < document->n_lines);
        for (const char *p = link->url; *p; p++)
            assert_true(*p > ' ' && *p < 0x7f);
    }
}

enum { LETTERS = 128 };

static void count_letters(const char *s, size_t n, size_t counts[LETTERS])
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            counts[c]++;
    }
}

static void count_literals(const char *markdown, size_t n, size_t counts[LETTERS])
{
    cmark_node *root = cmark_parse_document(markdown, n, CMARK_OPT_VALIDATE_UTF8);
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        const char *literal = cmark_node_get_literal(cmark_iter_get_node(iter));
        if (event == CMARK_EVENT_ENTER && literal)
            count_letters(literal, strlen(literal), counts);
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
}

/* Every letter and digit of the text is shown at least once for each time it is there:
 * names of columns are repeated, numbers are added, nothing is lost. */
static void check_nothing_is_lost(const char *markdown, size_t n,
                                  const struct pc_document *document)
{
    size_t wanted[LETTERS] = {0}, got[LETTERS] = {0};
    count_literals(markdown, n, wanted);
    PC_AUTO(pc_auto_free) char *text = pc_document_text(document);
    count_letters(text, strlen(text), got);
    for (size_t c = 0; c < LETTERS; c++)
        if (got[c] < wanted[c])
            fail_msg("%zu of %zu '%c' left of:\n%.*s\nin:\n%s", got[c], wanted[c], (int)c,
                     (int)n, markdown, text);
}

static void check_all_modes(struct pc_rng *rng, const char *bytes, size_t n)
{
    /* Exactly as many bytes as there are, so that a sanitizer sees a step too far. */
    PC_AUTO(pc_auto_free) char *markdown = pc_alloc(n ? n : 1);
    memcpy(markdown, bytes, n);
    for (int mode = 0; mode < 4; mode++) {
        struct pc_markup_options options = {
            .width = pc_rng_below(rng, 130), .ascii = mode & 1, .plain = mode & 2};
        struct pc_document *document = pc_markup_render(markdown, n, &options);
        check_document(document, &options);
        check_nothing_is_lost(markdown, n, document);
        pc_document_free(document);
    }
}

static void any_bytes_give_a_document(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 1);
    for (int round = 0; round < 300; round++) {
        char bytes[400];
        size_t n = pc_rng_below(&rng, sizeof bytes);
        for (size_t i = 0; i < n; i++)
            bytes[i] = (char)pc_rng_next(&rng);
        check_all_modes(&rng, bytes, n);
    }
}

static const char *const pieces[] = {
    "\n",
    "\n",
    "\n\n",
    " ",
    " ",
    "  ",
    "    ",
    "\t",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "27) ",
    "> ",
    ">",
    "# ",
    "### ",
    "*",
    "**",
    "_",
    "`",
    "``",
    "```",
    "```c\n",
    "~~~\n",
    "|",
    "|",
    "|-|-|",
    "|-|",
    "a|b\n-|-\n",
    "|:-:|--:|\n",
    "[",
    "](",
    ")",
    "](x)",
    "![",
    "<",
    ">",
    "<b>",
    "<!-- ",
    "-->",
    "\\",
    "\\\n",
    "  \n",
    "---\n",
    "===\n",
    "&amp;",
    "&#0;",
    "&#x9b;",
    "word",
    "longerWordThanMost",
    "x",
    "42",
    "λ → µs",
    "é",
    "日本語",
    "e\u0301",
    "\u00a0",
    "\u200b",
    "“q”",
    "\xff",
    "\xc3",
    "\x1b[1m",
    "int f(int x);",
    "/* ",
    " */",
    "\"",
    "#include <a.h>",
    "[a]: /u\n",
    "[a]",
    "½",
};

static void any_markup_gives_a_document(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 2);
    for (int round = 0; round < 1000; round++) {
        struct pc_str text = {0};
        for (size_t k = pc_rng_below(&rng, 80); k > 0; k--)
            pc_str_adds(&text, pieces[pc_rng_below(&rng, PC_COUNT(pieces))]);
        check_all_modes(&rng, pc_str_get(&text), text.len);
        pc_str_fini(&text);
    }
}

static void words_stay_in_order(void **state)
{
    (void)state;
    static const char *const between[] = {" ",       "\n",     "\n\n",    "\n\n- ",
                                          "\n  - ",  "\n\n> ", "\n\n1. ", " *x* ",
                                          " **y** ", "\n\n# ", ", "};
    struct pc_rng rng;
    pc_rng_init(&rng, 3);
    for (int round = 0; round < 300; round++) {
        struct pc_str text = {0};
        int n = (int)pc_rng_below(&rng, 120);
        for (int i = 0; i < n; i++)
            pc_str_addf(&text, "%sw%dw", between[pc_rng_below(&rng, PC_COUNT(between))], i);
        struct pc_markup_options options = {.width = 16 + pc_rng_below(&rng, 100),
                                            .ascii = round & 1};
        struct pc_document *document =
            pc_markup_render(pc_str_get(&text), text.len, &options);
        PC_AUTO(pc_auto_free) char *shown = pc_document_text(document);
        const char *at = shown;
        for (int i = 0; i < n; i++) {
            char word[16];
            snprintf(word, sizeof word, "w%dw", i);
            at = strstr(at, word);
            if (!at)
                fail_msg("%s is missing in:\n%s", word, shown);
        }
        pc_document_free(document);
        pc_str_fini(&text);
    }
}

/* Inputs that grow something: depth, columns, rows, links, lines. */
static void hostile_texts_stay_bounded(void **state)
{
    (void)state;
    static const struct {
        const char *unit, *after;
        size_t times;
    } rows[] = {
        {"> ", "x", 20000},
        {"- ", "x", 2000},
        {"*", "x", 20000},
        {"[", "x", 5000},
        {"![", "](x)", 2000},
        {"*a **a ", "", 5000},
        {"[](a)", "", 20000},
        {"|", "\n|-|\n", 20000},
        {"a\\\n", "", 50000},
        {"x", "", 200000},
        {"\xf0\x9f\x98\x80", "", 20000},
        {"\u0301", "", 20000},
        {"```\n", "", 50000},
        {"<a", "", 20000},
        {"&amp;", "", 50000},
        {"1. x\n", "", 20000},
        {"# x\n", "", 20000},
        {"\u20ac\u221e", "", 20000},
        {"x|y\n-|-\n1|2\n\n", "", 5000},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str text = {0};
        for (size_t k = 0; k < rows[i].times; k++)
            pc_str_adds(&text, rows[i].unit);
        pc_str_adds(&text, rows[i].after);
        struct pc_markup_options options = {.width = 20, .ascii = i & 1};
        struct pc_document *document = pc_markup_render(text.s, text.len, &options);
        check_document(document, &options);
        pc_document_free(document);
        pc_str_fini(&text);
    }
}

static void what_is_too_long_is_cut_and_says_so(void **state)
{
    (void)state;
    size_t n = PC_MARKUP_INPUT_MAX + 1000;
    PC_AUTO(pc_auto_free) char *text = pc_alloc(n + 1);
    for (size_t i = 0; i < n; i++)
        text[i] = i % 64 == 63 ? '\n' : i % 8 == 7 ? ' ' : 'a';
    struct pc_markup_options options = {.width = 80};
    struct pc_document *document = pc_markup_render(text, n, &options);
    assert_true(document->cut);
    assert_string_equal(document->lines[document->n_lines - 1].text,
                        "[The rest is left out: this text is too long.]");
    check_document(document, &options);
    pc_document_free(document);
    /* The name of a column for each of half a million rows is more than anyone reads. */
    struct pc_str rows = {0};
    for (int i = 0; i < 400; i++)
        pc_str_adds(&rows, "n");
    pc_str_adds(&rows, "|m\n-|-\n");
    while (rows.len < PC_MARKUP_INPUT_MAX - 2)
        pc_str_adds(&rows, "1\n");
    options = (struct pc_markup_options){.width = 80, .plain = true};
    document = pc_markup_render(rows.s, rows.len, &options);
    assert_true(document->cut);
    assert_in_range(document->n_lines, 1000, 200000);
    pc_document_free(document);
    pc_str_fini(&rows);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_bytes_give_a_document),
        cmocka_unit_test(any_markup_gives_a_document),
        cmocka_unit_test(words_stay_in_order),
        cmocka_unit_test(hostile_texts_stay_bounded),
        cmocka_unit_test(what_is_too_long_is_cut_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
