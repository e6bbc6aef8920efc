#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "benchfmt/benchfmt.h"

static bool read_text(struct pc_benchfmt *data, const char *text, size_t n,
                      const struct pc_words *ignored, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *copy = pc_alloc(n + 1);
    memcpy(copy, text, n);
    *err = (struct pc_err){0};
    return pc_benchfmt_read(data, "f", copy, n, ignored, err);
}

/* "[key=value ]name unit value value; " for each sample. */
static char *dump(const struct pc_benchfmt *data)
{
    struct pc_str out = {0};
    const struct pc_benchfmt_file *file = &data->files[0];
    for (size_t i = 0; i < file->n; i++) {
        const struct pc_sample *s = &file->items[i];
        const struct pc_settings *settings = pc_benchfmt_settings(data, s->settings);
        for (size_t k = 0; k < data->keys.n; k++)
            if (settings->values[k])
                pc_str_addf(&out, "%s=%s ", pc_atoms_text(&data->keys, (uint32_t)k),
                            pc_atoms_text(&data->values, settings->values[k] - 1));
        pc_str_addf(&out, "%s %s", pc_atoms_text(&data->names, s->name),
                    pc_atoms_text(&data->units, s->unit));
        for (size_t k = 0; k < s->n; k++)
            pc_str_addf(&out, " %g", s->items[k]);
        pc_str_adds(&out, "; ");
    }
    return pc_str_take(&out);
}

static void lines_are_read_as_go_reads_them(void **state)
{
    (void)state;
    static const struct {
        const char *what, *text, *samples;
    } rows[] = {
        {"settings and pairs", "key: value\nBenchmarkOne 100 1 ns/op 2 B/op\n",
         "key=value One ns/op 1; key=value One B/op 2; "},
        {"runs of one benchmark", "BenchmarkOne 1 3 ns/op\nBenchmarkOne 2 1 ns/op\n",
         "One ns/op 3 1; "},
        {"blanks of all kinds", "BenchmarkSpaces \t  1 \v 1\f ns/op  \n",
         "Spaces ns/op 1; "},
        {"blanks of Unicode",
         "BenchmarkEm\xe2\x80\x83"
         "1\xc2\xa0"
         "1\xe3\x80\x80ns/op\n",
         "Em ns/op 1; "},
        {"large and small numbers", "BenchmarkX 1 1e300 u 1e-300 v 0x1p-1 w\n",
         "X u 1e+300; X v 1e-300; X w 0.5; "},
        {"negative and infinite ones", "BenchmarkX 1 -2 u +Inf v\n", "X u -2; X v inf; "},
        {"NaN is left out", "BenchmarkX 1 NaN u\nBenchmarkX 1 2 u\n", "X u 2; "},
        {"a setting is given anew", "a: 1\nb: 2\na: 3\nBenchmarkX 1 1 u\n",
         "a=3 b=2 X u 1; "},
        {"a setting is taken back", "a: 1\na:\nBenchmarkX 1 1 u\n", "X u 1; "},
        {"a setting holds for what follows", "BenchmarkX 1 1 u\na: 1\nBenchmarkX 1 2 u\n",
         "X u 1; a=1 X u 2; "},
        {"and the same one again", "a: 1\nBenchmarkX 1 1 u\na: 2\na: 1\nBenchmarkX 1 2 u\n",
         "a=1 X u 1 2; "},
        {"keys", ": no\nab:no\na b: no\nA: no\nk-e_y:   two words \nBenchmarkX 1 1 u\n",
         "k-e_y=two words  X u 1; "},
        {"other lines",
         "PASS\nok \tpkg\t1.2s\n--- FAIL: BenchmarkY\n# x\n\nBenchmarkX 1 1 u\n",
         "X u 1; "},
        {"prose", "Benchmarks are run\nBenchmarking it\nBenchmarkX 1 1 u\n", "X u 1; "},
        {"go test -v tells names first", "BenchmarkX\nBenchmarkX 1 1 u\n", "X u 1; "},
        {"a benchmark that has no other name", "Benchmark 1 1 u\n", "Benchmark u 1; "},
        {"names that are no words", "Benchmark/a=1 1 1 u\nBenchmark_x-8 1 1 u\n",
         "/a=1 u 1; _x-8 u 1; "},
        {"lines of Windows", "a: b\r\nBenchmarkX 1 1 u\r\n", "a=b X u 1; "},
        {"a byte order mark",
         "\xef\xbb\xbf"
         "a: b\nBenchmarkX 1 1 u\n",
         "a=b X u 1; "},
        {"no end of the last line", "BenchmarkX 1 1 u", "X u 1; "},
        {"units that only look so", "Unitx a=b\nUnits x\nBenchmarkX 1 1 u\n", "X u 1; "},
        {"unknown facts of units", "Unit u a=1\nUnit u a=2\nBenchmarkX 1 1 u\n", "X u 1; "},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_benchfmt data = {0};
        struct pc_err err;
        if (!read_text(&data, rows[i].text, strlen(rows[i].text), NULL, &err))
            fail_msg("%s: %s", rows[i].what, err.msg);
        PC_AUTO(pc_auto_free) char *samples = dump(&data);
        if (strcmp(samples, rows[i].samples) != 0)
            fail_msg("%s: %s", rows[i].what, samples);
        pc_benchfmt_fini(&data);
    }
}

static void what_is_no_result_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"", "f: there is no benchmark result in it"},
        {"PASS\n", "f: there is no benchmark result in it"},
        {"\nBenchmarkX abc\n", "f:2: abc is no number of iterations"},
        {"BenchmarkX -5 1 u\n", "f:1: -5 is no number of iterations"},
        {"BenchmarkX 1.5 1 u\n", "f:1: 1.5 is no number of iterations"},
        {"BenchmarkX 99999999999999999999 1 u\n",
         "f:1: 99999999999999999999 iterations are too many"},
        {"BenchmarkX 100\n", "f:1: X has no value"},
        {"BenchmarkX 100 abc u\n", "f:1: abc is no number"},
        {"BenchmarkX 100 1,5 u\n", "f:1: 1,5 is no number"},
        {"BenchmarkX 100 1e999 u\n", "f:1: 1e999 is too large a number"},
        {"BenchmarkX 100 1\n", "f:1: the value 1 has no unit"},
        {"BenchmarkX 100 1 u 2\n", "f:1: the value 2 has no unit"},
        {"BenchmarkX 1 1 u\nBenchmarkY 1 1 ns/o\nBenchmarkZ 1", "f:3: Z has no value"},
        {"Unit\n", "f:1: a line about a unit does not say which"},
        {"Unit u blah\n", "f:1: blah is not of the form key=value"},
        {"Unit u =1\n", "f:1: =1 is not of the form key=value"},
        {"Unit u assume=normal\n", "f:1: assume is exact or nothing, not normal"},
        {"Unit u better=faster\n", "f:1: better is higher or lower, not faster"},
        {"Unit u better=lower\nUnit u better=lower better=higher\n",
         "f:2: better of unit u was given before, and differs"},
        {"Unit u assume=exact\nUnit u assume=nothing\n",
         "f:2: assume of unit u was given before, and differs"},
        {"BenchmarkX 1 \x1b[31m u\n", "f:1: ?[31m is no number"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_benchfmt data = {0};
        struct pc_err err;
        assert_false(read_text(&data, rows[i].text, strlen(rows[i].text), NULL, &err));
        if (strcmp(err.msg, rows[i].message) != 0 || err.code != PC_USAGE)
            fail_msg("%s", err.msg);
        pc_benchfmt_fini(&data);
    }
    struct pc_benchfmt data = {0};
    struct pc_err err;
    static const char wide[] = "\xff\xfe"
                               "B\0e\0n\0c\0h\0\n\0";
    assert_false(read_text(&data, wide, sizeof wide - 1, NULL, &err));
    assert_non_null(strstr(err.msg, "f:1: this is no text"));
    pc_benchfmt_fini(&data);
}

static void units_are_known_or_told(void **state)
{
    (void)state;
    static const struct {
        const char *unit;
        enum pc_better better;
        bool exact;
    } rows[] = {
        {"ns/op", PC_BETTER_LOWER, false},       {"MB/s", PC_BETTER_HIGHER, false},
        {"p99-ns", PC_BETTER_LOWER, false},      {"peak-B", PC_BETTER_LOWER, false},
        {"widgets", PC_BETTER_UNKNOWN, false},   {"told", PC_BETTER_HIGHER, true},
        {"against/op", PC_BETTER_HIGHER, false}, {"/s", PC_BETTER_UNKNOWN, false},
    };
    struct pc_str text = {0};
    pc_str_adds(&text,
                "Unit told better=higher assume=exact\nUnit against/op better=higher\n"
                "BenchmarkX 1");
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        pc_str_addf(&text, " 1 %s", rows[i].unit);
    struct pc_benchfmt data = {0};
    struct pc_err err;
    assert_true(read_text(&data, text.s, text.len, NULL, &err));
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        uint32_t unit = data.files[0].items[i].unit;
        assert_string_equal(pc_atoms_text(&data.units, unit), rows[i].unit);
        assert_int_equal(data.unit_facts[unit].better, rows[i].better);
        assert_int_equal(data.unit_facts[unit].exact, rows[i].exact);
    }
    pc_benchfmt_fini(&data);
    pc_str_fini(&text);
}

static void keys_can_be_passed_over_but_not_without_end(void **state)
{
    (void)state;
    struct pc_benchfmt data = {0};
    struct pc_words ignored = {0};
    struct pc_err err;
    struct pc_str text = {0};
    pc_words_add(&ignored, "date");
    pc_str_adds(&text, "date: 1\nBenchmarkX 1 1 u\ndate: 2\nBenchmarkX 1 2 u\n");
    assert_true(read_text(&data, text.s, text.len, &ignored, &err));
    PC_AUTO(pc_auto_free) char *samples = dump(&data);
    assert_string_equal(samples, "X u 1 2; ");
    pc_benchfmt_fini(&data);
    for (int i = 0; i <= PC_SETTINGS_MAX; i++)
        pc_str_addf(&text, "key%d: x\n", i);
    assert_false(read_text(&data, text.s, text.len, &ignored, &err));
    assert_non_null(strstr(err.msg, "is one key too many: at most 64"));
    pc_benchfmt_fini(&data);
    pc_words_fini(&ignored);
    pc_str_fini(&text);
}

static void texts_keep_their_numbers(void **state)
{
    (void)state;
    enum { TEXTS = 5000 };
    struct pc_atoms atoms = {0};
    char text[16];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < TEXTS; i++) {
            int n = snprintf(text, sizeof text, "%d", i);
            assert_int_equal(pc_atoms_add(&atoms, text, (size_t)n), i);
        }
    assert_int_equal(atoms.n, TEXTS);
    assert_string_equal(pc_atoms_text(&atoms, 4711), "4711");
    assert_int_equal(pc_atoms_add(&atoms, "", 0), TEXTS);
    assert_int_equal(pc_atoms_add(&atoms, "\0", 1), TEXTS + 1);
    pc_atoms_fini(&atoms);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_read_as_go_reads_them),
        cmocka_unit_test(what_is_no_result_is_refused_with_its_line),
        cmocka_unit_test(units_are_known_or_told),
        cmocka_unit_test(keys_can_be_passed_over_but_not_without_end),
        cmocka_unit_test(texts_keep_their_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
