#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "wire/line.h"

/* Parse a copy, so that rows may be literals; the copy is the caller's. */
static char *parsed(const char *text, struct pc_line *line)
{
    char *copy = pc_strdup(text);
    if (pc_line_parse(copy, line))
        return copy;
    free(copy);
    return NULL;
}

static void any_text_survives_the_wire(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 1);
    for (int round = 0; round < 500; round++) {
        char value[64];
        size_t n = pc_rng_below(&rng, sizeof value);
        for (size_t i = 0; i < n; i++)
            value[i] = (char)(1 + pc_rng_below(&rng, 255));
        value[n] = '\0';

        struct pc_str out = {0};
        pc_str_adds(&out, "verb");
        pc_line_add(&out, "first", value);
        pc_line_addf(&out, "second", "%s", value);
        assert_null(strpbrk(pc_str_get(&out), "\n\t\x7f\x1b"));

        struct pc_line line;
        assert_true(pc_line_parse(out.s, &line));
        assert_int_equal(line.n, 2);
        assert_string_equal(line.verb, "verb");
        assert_string_equal(pc_line_get(&line, "first"), value);
        assert_string_equal(pc_line_get(&line, "second"), value);
        assert_null(pc_line_get(&line, "third"));
        pc_str_fini(&out);
    }
}

static void what_is_not_a_line_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_line;
    } rows[] = {
        {"ok", true},
        {"ok a=1 b=", true},
        {"ok a=%20%3d%3D b=x", true},
        {"ok a=\xc3\xa4", true},
        {"", false},
        {" ok", false},
        {"ok ", false},
        {"ok  a=1", false},
        {"ok a", false},
        {"ok =1", false},
        {"a=1", false},
        {"%6fk", false},
        {"ok a%62=1", false},
        {"ok a=%", false},
        {"ok a=%4", false},
        {"ok a=%zz", false},
        {"ok a=%4z", false},
        {"ok a=%00", false},
        {"ok a=1=2", false},
        {"ok a=1\tb=2", false},
        {"ok\n", false},
        {"\x1b[2J", false},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_line line;
        char *copy = parsed(rows[i].text, &line);
        if ((copy != NULL) != rows[i].is_line)
            fail_msg("row %zu: \"%s\"", i, rows[i].text);
        free(copy);
    }
}

static void a_line_has_a_bounded_number_of_fields(void **state)
{
    (void)state;
    for (size_t n = PC_LINE_FIELDS; n <= PC_LINE_FIELDS + 1; n++) {
        struct pc_str text = {0};
        pc_str_adds(&text, "ok");
        for (size_t i = 0; i < n; i++)
            pc_line_add(&text, "a", "");
        struct pc_line line;
        assert_int_equal(pc_line_parse(text.s, &line), n == PC_LINE_FIELDS);
        pc_str_fini(&text);
    }
}

static void numbers_are_whole_and_in_range(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        bool is_double, is_u64, is_hex;
    } rows[] = {
        {"0", true, true, true},
        {"18446744073709551615", true, true, false},
        {"18446744073709551616", true, false, false},
        {"-1", true, false, false},
        {"0.125", true, false, false},
        {"-2.5e-3", true, false, false},
        {"1e308", true, false, true},
        {"1e999", false, false, true},
        {"inf", false, false, false},
        {"nan", false, false, false},
        {"ffffffffffffffff", false, false, true},
        {"10000000000000000f", false, false, false},
        {"0x10", false, false, false},
        {"", false, false, false},
        {" 1", false, false, false},
        {"1 ", false, false, false},
        {"1,5", false, false, false},
        {"+", false, false, false},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str text = {0};
        pc_str_adds(&text, "ok");
        pc_line_add(&text, "x", rows[i].value);
        struct pc_line line;
        assert_true(pc_line_parse(text.s, &line));
        double d;
        uint64_t u, h;
        bool is_double = pc_line_double(&line, "x", &d);
        bool is_u64 = pc_line_u64(&line, "x", &u), is_hex = pc_line_hex(&line, "x", &h);
        if (is_double != rows[i].is_double || is_u64 != rows[i].is_u64 ||
            is_hex != rows[i].is_hex)
            fail_msg("row %zu: \"%s\"", i, rows[i].value);
        assert_false(pc_line_double(&line, "y", &d));
        assert_false(pc_line_u64(&line, "y", &u));
        pc_str_fini(&text);
    }
}

static void doubles_survive_the_wire_bit_by_bit(void **state)
{
    (void)state;
    static const double rows[] = {0.1, -1.0 / 3, 1e-300, 12345.678901234567, 0, -0.0};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str text = {0};
        pc_str_adds(&text, "ok");
        pc_line_addf(&text, "x", "%.17g", rows[i]);
        struct pc_line line;
        double x;
        assert_true(pc_line_parse(text.s, &line));
        assert_true(pc_line_double(&line, "x", &x));
        assert_memory_equal(&x, &rows[i], sizeof x);
        pc_str_fini(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_text_survives_the_wire),
        cmocka_unit_test(what_is_not_a_line_is_refused),
        cmocka_unit_test(a_line_has_a_bounded_number_of_fields),
        cmocka_unit_test(numbers_are_whole_and_in_range),
        cmocka_unit_test(doubles_survive_the_wire_bit_by_bit),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
