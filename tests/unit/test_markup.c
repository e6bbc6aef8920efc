#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <locale.h>

#include "base/file.h"
#include "base/mem.h"
#include "markup/ascii.h"
#include "markup/markup.h"
#include "markup_dump.h"

static struct pc_document *render(const char *markdown, size_t width)
{
    struct pc_markup_options options = {.width = width};
    return pc_markup_render(markdown, strlen(markdown), &options);
}

struct row {
    const char *rule;
    size_t width;
    const char *markdown, *dump;
};

static void check_rows(const struct row *rows, size_t n, bool ascii, bool plain)
{
    for (size_t i = 0; i < n; i++) {
        struct pc_markup_options options = {
            .width = rows[i].width, .ascii = ascii, .plain = plain};
        struct pc_document *document =
            pc_markup_render(rows[i].markdown, strlen(rows[i].markdown), &options);
        PC_AUTO(pc_auto_free) char *dump = dump_document(document);
        if (strcmp(dump, rows[i].dump) != 0)
            fail_msg("%s:\n%s\ninstead of\n%s", rows[i].rule, dump, rows[i].dump);
        pc_document_free(document);
    }
}

static void prose_is_wrapped_at_words(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"nothing", 20, "", ""},
        {"one word", 20, "one", "one\n"},
        {"lines of the source are joined", 20, "a\nb\nc", "a b c\n"},
        {"exactly the width fits", 9, "four five", "four five\n"},
        {"one column less does not", 8, "four five", "four\nfive\n"},
        {"a long word is broken", 8, "a 0123456789abc d", "a\n01234567\n89abc d\n"},
        {"width is counted in columns", 8, "日本語 日本", "日本語\n日本\n"},
        {"accents of their own take none", 8, "e\u0301e\u0301e\u0301e\u0301 xyz",
         "e\u0301e\u0301e\u0301e\u0301 xyz\n"},
        {"blanks are one", 20, "a    b\t c", "a b c\n"},
        {"a no-break space does not break", 8, "abc cd\u00a0ef gh", "abc\ncd ef gh\n"},
        {"nor do short pieces of code", 28, "0123456789 0123456789 `ab cd ef`",
         "0123456789 0123456789\n{C ab cd ef}\n"},
        {"but longer ones", 10, "a `bbb cc dd`", "a {C bbb cc}\n{C dd}\n"},
        {"two blanks break the line", 20, "a  \nb", "a\nb\n"},
        {"a smaller width counts as 8", 1, "123456789", "12345678\n9\n"},
        {"the measure is 76", 200,
         "0123456789012345678901234567890123456789012345678901234567890123456789 12345 7",
         "0123456789012345678901234567890123456789012345678901234567890123456789 12345\n"
         "7\n"},
        {"control characters are shown as ?", 20, "a\x1b[31m\x07z\xff", "a?[31m?z\ufffd\n"},
        {"what turns the direction, too", 20, "a\u202e&#x9b;b", "a??b\n"},
        {"what is invisible is left out", 20, "a\u200b\u00adb\ufeff", "ab\n"},
        {"html is shown", 20, "a <b>c</b>\n\n<div>\n x\n</div>",
         "a <b>c</b>\n\n{F <div>}\n{F x}\n{F </div>}\n"},
    };
    check_rows(rows, PC_COUNT(rows), false, false);
}

static void every_element_has_its_form(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"headings", 20, "# One\ntext\n### Two `x`", "{H One}\n\ntext\n\n{H Two }{C x}\n"},
        {"emphasis", 40, "*a* **b** ***c*** `d`", "{E a} {S b} {S c} {C d}\n"},
        {"bullets", 20, "- a\n- b", "{F •} a\n{F •} b\n"},
        {"items are indented", 10, "- one two three", "{F •} one two\n  three\n"},
        {"numbers are aligned", 20, "9) a\n10) b", " {F 9)} a\n{F 10)} b\n"},
        {"loose lists have gaps", 20, "- a\n\n- b", "{F •} a\n\n{F •} b\n"},
        {"nested lists", 20, "- a\n  - b\n    1. c\n- d",
         "{F •} a\n  {F •} b\n    {F 1.} c\n{F •} d\n"},
        {"a list at once in a list", 20, "- - a", "{F •} {F •} a\n"},
        {"an item without text", 20, "- a\n-\n- c", "{F •} a\n{F •}\n{F •} c\n"},
        {"two blocks in an item", 20, "1. a\n\n   b", "{F 1.} a\n\n   b\n"},
        {"quotes", 20, "> a\n> b\n>\n> c", "{F │} {Q a b}\n{F │}\n{F │} {Q c}\n"},
        {"a quote and text", 20, "> a\n\nb", "{F │} {Q a}\n\nb\n"},
        {"too deep is not indented", 8, "> > > > abc", "{F │} {F │} {Q abc}\n"},
        {"rules", 8, "a\n\n---\n\nb", "a\n\n{F ────────}\n\nb\n"},
        {"code is not broken", 10, "```\nint 0123456789;\n```",
         "  {F ▏} int 0123456789;\n"},
        {"tabs go to columns of 4", 40, "```\n\ta\tb\n```", "  {F ▏}     a   b\n"},
        {"C has its styles", 40, "```c\nint x = f(1); /* a\n b */\n```",
         "  {F ▏} {t int} x = {f f}({n 1}); {c /* a}\n  {F ▏} {c  b */}\n"},
        {"empty lines of code", 40, "```\na\n\nb\n```", "  {F ▏} a\n  {F ▏}\n  {F ▏} b\n"},
        {"links have numbers", 40, "[a](x) [b](y) [c](x)",
         "{L a [1]} {L b [2]} {L c [1]}\n"},
        {"pictures are links", 40, "![a *b*](x)", "{L a b [1]}\n"},
        {"without text the number stands alone", 40, "[](x)![](y)", "{L [1]}{L [2]}\n"},
        {"code in a link", 40, "[`a`](x)", "{L a [1]}\n"},
    };
    check_rows(rows, PC_COUNT(rows), false, false);
}

static void tables_fit_or_are_read_row_by_row(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"columns", 20, "|a|bb|\n|-|-|\n|1|2|\n|333|4|",
         "{S a}    {S bb}\n{F ───}  {F ──}\n1    2\n333  4\n"},
        {"no bars at the ends", 20, "a|b\n-|-\n1|2", "{S a}  {S b}\n{F ─}  {F ─}\n1  2\n"},
        {"alignment", 20, "|abc|abc|abc|\n|--:|:-:|:--|\n|1|2|3|",
         "{S abc}  {S abc}  {S abc}\n{F ───}  {F ───}  {F ───}\n  1   2   3\n"},
        {"styles in cells", 20, "a|b\n-|-\n*1*|`2|3`",
         "{S a}  {S b}\n{F ─}  {F ───}\n{E 1}  {C 2|3}\n"},
        {"cells are wrapped and rows kept apart", 24,
         "a|b\n-|-\nkey one|some words in here\nk2|x",
         "{S a}        {S b}\n{F ───────}  {F ───────────────}\nkey one  some words in\n"
         "         here\n\nk2       x\n"},
        {"missing cells are empty", 20, "a|b\n-|-\n1\n2|",
         "{S a}  {S b}\n{F ─}  {F ─}\n1\n2\n"},
        {"too many are not lost", 20, "a|b\n-|-\n1|2|3",
         "{S a}  {S b}\n{F ─}  {F ─────}\n1  2 | 3\n"},
        {"no room: row by row", 12, "|name|value of it|\n|-|-|\n|one|two three|\n|four||",
         "{S name: }one\n{S value of it:}\n  two three\n\n{S name: }four\n{S value of "
         "it:}\n"},
        {"only a head, no room", 8, "abcdefgh|abcdefgh\n-|-",
         "{S abcdefgh}\n{S abcdefgh}\n"},
        {"other numbers of columns: no table", 40, "a|b\n-|-|-\n1|2", "a|b -|-|- 1|2\n"},
        {"a bar is needed", 40, "a\n:-:\nb", "a :-: b\n"},
        {"no second line", 40, "a|b", "a|b\n"},
        {"dashes are needed", 40, "a|b\n:|:\n", "a|b :|:\n"},
        {"the second line may have no styles", 40, "a|b\n-|`-`\n", "a|b -|{C -}\n"},
        {"blanks at the ends of lines", 20, "a | b  \n--- | ---  \n1 | 2  \n",
         "{S a}  {S b}\n{F ─}  {F ─}\n1  2\n"},
        {"in a list", 20, "- a|b\n  -|-\n  1|2",
         "{F •} {S a}  {S b}\n  {F ─}  {F ─}\n  1  2\n"},
    };
    check_rows(rows, PC_COUNT(rows), false, false);
}

static void ascii_is_spelled(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"spelled", 76, "λ µs → ≥ “a” ‘b’ — … × ± é ß Ω √n ∞ \u2713",
         "lambda us -> >= \"a\" 'b' - ... x +- e ss Omega sqrt n infinity [x]\n"},
        {"what has no spelling", 40, "日本", "??\n"},
        {"fractions stay apart from numbers", 40, "2½ and ½", "2 1/2 and 1/2\n"},
        {"bullets, bars, rules, gutters", 10, "- a\n\n> b\n\n***\n\n    c",
         "{F -} a\n\n{F |} {Q b}\n\n{F ----------}\n\n  {F |} c\n"},
        {"tables", 20, "a|b\n-|-\n1|2", "{S a}  {S b}\n{F -}  {F -}\n1  2\n"},
        {"a no-break space still does not break", 8, "abc cd\u00a0ef gh",
         "abc\ncd ef gh\n"},
    };
    check_rows(rows, PC_COUNT(rows), true, false);
}

static void plain_draws_nothing(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"tables row by row", 76, "a|b\n-|-\n1|`2`", "{S a: }1\n{S b: }{C `2`}\n"},
        {"marks of text", 40, "## A\n- b\n\n> c\n\n---\n\n    d",
         "{H ## A}\n\n{F -} b\n\n{F >} {Q c}\n\n{F * * *}\n\n    d\n"},
        {"links at the end", 40, "[a](x) [b](<y z>)",
         "{L a [1]} {L b [2]}\n\n{L [1] x}\n{L [2] y%20z}\n"},
    };
    check_rows(rows, PC_COUNT(rows), false, true);
}

/* What a learner sees of a whole page.  To accept a new look run this program with
 * PC_UPDATE_GOLDEN=1, and read the difference. */
static void a_page_looks_as_it_did(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct pc_markup_options options;
    } rows[] = {
        {"page-40", {.width = 40}},
        {"page-40-ascii", {.width = 40, .ascii = true}},
        {"page-80", {.width = 80}},
        {"page-80-ascii", {.width = 80, .ascii = true}},
        {"page-120", {.width = 120}},
        {"page-120-ascii", {.width = 120, .ascii = true}},
        {"page-80-plain", {.width = 80, .plain = true}},
        {"page-80-ascii-plain", {.width = 80, .ascii = true, .plain = true}},
    };
    const char *source = getenv("PC_SRCDIR");
    PC_AUTO(pc_auto_free) char *folder =
        pc_strfmt("%s/tests/unit/markup", source ? source : ".");
    PC_AUTO(pc_auto_free) char *page = pc_strfmt("%s/page.md", folder);
    struct pc_err err;
    size_t n;
    PC_AUTO(pc_auto_free) char *markdown = pc_file_read(page, 1 << 20, &n, &err);
    if (!markdown)
        fail_msg("%s", err.msg);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *path = pc_strfmt("%s/%s.txt", folder, rows[i].name);
        struct pc_document *document = pc_markup_render(markdown, n, &rows[i].options);
        PC_AUTO(pc_auto_free) char *got = pc_document_text(document);
        pc_document_free(document);
        if (getenv("PC_UPDATE_GOLDEN") && !pc_file_write(path, got, strlen(got), &err))
            fail_msg("%s", err.msg);
        PC_AUTO(pc_auto_free) char *golden = pc_file_read(path, 1 << 20, NULL, &err);
        if (!golden)
            fail_msg("%s", err.msg);
        if (strcmp(got, golden) != 0)
            fail_msg("%s is now:\n%s", rows[i].name, got);
    }
}

static void headings_and_links_know_their_lines(void **state)
{
    (void)state;
    struct pc_document *document =
        render("# A `b`\n\ntext\n\n## C [d](e)\n\n#\n\nmore\n\n"
               "words before it [one two](http://x/\u00e9 \"t\")\n"
               "[three](e)",
               20);
    assert_int_equal(document->n_headings, 2);
    assert_string_equal(document->headings[0].text, "A b");
    assert_int_equal(document->headings[0].line, 0);
    assert_int_equal(document->headings[1].level, 2);
    assert_string_equal(document->headings[1].text, "C d [1]");
    assert_string_equal(document->lines[document->headings[1].line].text, "C d [1]");
    assert_int_equal(document->n_links, 2);
    assert_string_equal(document->links[0].url, "e");
    assert_string_equal(document->links[0].text, "d");
    assert_int_equal(document->links[0].line, document->headings[1].line);
    assert_string_equal(document->links[1].url, "http://x/%C3%A9");
    assert_string_equal(document->links[1].text, "one two");
    assert_string_equal(document->lines[document->links[1].line].text,
                        "words before it one");
    pc_document_free(document);
}

static void a_place_survives_a_new_width(void **state)
{
    (void)state;
    static const char text[] =
        "# H\n\none two three four five six seven eight\n\n- a\n- b\n\n"
        "```\nx\ny\n```\n";
    struct pc_document *narrow = render(text, 10), *wide = render(text, 16);
    struct pc_match match;
    assert_true(pc_document_find(narrow, "six", 0, 0, &match));
    size_t line = pc_document_line_at(wide, narrow->lines[match.line].place);
    assert_string_equal(wide->lines[line].text, "four five six");
    assert_true(pc_document_find(narrow, "y", 0, 0, &match));
    line = pc_document_line_at(wide, narrow->lines[match.line].place);
    assert_string_equal(wide->lines[line].text, "  \u258f y");
    pc_document_free(narrow);
    pc_document_free(wide);
}

static void search_goes_over_the_ends_of_lines(void **state)
{
    (void)state;
    struct pc_document *document =
        render("- one two three\n- Two one\n\n```\none\ntwo\n```\n", 10);
    static const struct {
        const char *words;
        bool back;
        size_t line, at; /* where to begin */
        bool found;
        struct pc_match match;
    } rows[] = {
        {"one", false, 0, 0, true, {0, 4, 3}},
        {"one", false, 0, 5, true, {2, 8, 3}},
        {"two three", false, 0, 0, true, {0, 8, 3}},
        {"Two", false, 0, 0, true, {2, 4, 3}},
        {"two", true, 2, 5, true, {2, 4, 3}},
        {"two", true, 2, 4, true, {0, 8, 3}},
        {"one", true, 99, 0, true, {4, 6, 3}},
        {"one two", false, 2, 0, false, {0}}, /* lines of code are lines */
        {"one", true, 0, 4, false, {0}},
        {"four", false, 0, 0, false, {0}},
        {"", false, 0, 0, false, {0}},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_match match;
        bool found = (rows[i].back ? pc_document_find_back : pc_document_find)(
            document, rows[i].words, rows[i].line, rows[i].at, &match);
        const struct pc_match *wanted = &rows[i].match;
        if (found != rows[i].found)
            fail_msg("row %zu: found is %d", i, found);
        if (found &&
            (match.line != wanted->line || match.at != wanted->at || match.n != wanted->n))
            fail_msg("row %zu: line %zu, byte %zu, %zu", i, match.line, match.at, match.n);
    }
    pc_document_free(document);
}

static void c_sources_are_shown_whole(void **state)
{
    (void)state;
    static const char source[] = "int f(void);\n\n\treturn 1;\r\n";
    struct pc_document *document = pc_markup_render_c(
        source, sizeof source - 1, &(struct pc_markup_options){.width = 8});
    PC_AUTO(pc_auto_free) char *dump = dump_document(document);
    assert_string_equal(dump, "{t int} {f f}({t void});\n\n    {k return} {n 1};\n");
    pc_document_free(document);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(prose_is_wrapped_at_words),
        cmocka_unit_test(every_element_has_its_form),
        cmocka_unit_test(tables_fit_or_are_read_row_by_row),
        cmocka_unit_test(ascii_is_spelled),
        cmocka_unit_test(plain_draws_nothing),
        cmocka_unit_test(a_page_looks_as_it_did),
        cmocka_unit_test(headings_and_links_know_their_lines),
        cmocka_unit_test(a_place_survives_a_new_width),
        cmocka_unit_test(search_goes_over_the_ends_of_lines),
        cmocka_unit_test(c_sources_are_shown_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
