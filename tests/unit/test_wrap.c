#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/wrap.h"

static void lines_are_broken_at_words_below_the_indent(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        struct pc_wrap wrap;
        const char *out;
    } rows[] = {
        {"", {.width = 10}, ""},
        {"one two", {.width = 7}, "one two"},
        {"one two", {.width = 6}, "one\ntwo"},
        {"one two three", {.width = 8, .indent = 2}, "one two\n  three"},
        {"one two", {.width = 10, .column = 6, .indent = 2}, "one\n  two"},
        /* No width: nothing is broken, whatever else is asked for. */
        {"one two three", {.column = 90, .indent = 4}, "one two three"},
        /* Newlines stay and begin in the first column. */
        {"a\nbb cc\n", {.width = 4, .indent = 1}, "a\nbb\n cc\n"},
        {"a\n\nb", {.width = 4, .indent = 3}, "a\n\nb"},
        /* Spaces inside a line are a table's, those at a break go. */
        {"  a   b", {.width = 20}, "  a   b"},
        {"  a   b", {.width = 6, .indent = 4}, "  a\n    b"},
        /* Nothing is gained by a break in front of a word that is too long anyway. */
        {"at /a/long/path now", {.width = 8}, "at /a/long/path\nnow"},
        {"/a/long/path", {.width = 5, .indent = 2}, "/a/long/path"},
        /* Columns count, not bytes. */
        {"\303\244\303\266\303\274 x", {.width = 5}, "\303\244\303\266\303\274 x"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str out = {0};
        pc_wrap_add(&out, rows[i].in, &rows[i].wrap);
        assert_string_equal(pc_str_get(&out), rows[i].out);
        pc_str_fini(&out);
    }
}

static void prose_flows_and_code_stays(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t width;
        const char *out;
    } rows[] = {
        {"one\ntwo three\n", 0, "one\ntwo three\n"},
        {"one\ntwo three\n", 20, "one two three\n"},
        {"one\ntwo three", 8, "one two\nthree"},
        {"first\n\nsecond", 20, "first\n\nsecond"},
        {"text\n    code one\n    code two\nmore\ntext", 40,
         "text\n    code one\n    code two\nmore text"},
        {"    a long line of code", 12, "    a long\n    line of\n    code"},
        {"a\n\n\nb\n", 9, "a\n\n\nb\n"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str out = {0};
        pc_wrap_prose(&out, rows[i].in, rows[i].width);
        assert_string_equal(pc_str_get(&out), rows[i].out);
        pc_str_fini(&out);
    }
}

static void a_beginning_that_fits_ends_between_characters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t width, bytes;
    } rows[] = {
        {"abc", 2, 2}, {"abc", 3, 3},       {"abc", 9, 3},
        {"abc", 0, 0}, {"\303\244b", 1, 2}, {"a\377b", 2, 2},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        assert_int_equal(pc_text_fit(rows[i].text, strlen(rows[i].text), rows[i].width),
                         rows[i].bytes);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_broken_at_words_below_the_indent),
        cmocka_unit_test(prose_flows_and_code_stays),
        cmocka_unit_test(a_beginning_that_fits_ends_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
