#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "perfbench/format.h"
#include "perfbench/match.h"
#include "perfbench/options.h"

static void values_have_four_digits_and_aligned_points(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0, "         0 u"},
        {1234.4, "      1234 u"},
        {999.96, "      1000 u"},
        {999.94, "       999.9 u"},
        {99.996, "       100.0 u"},
        {99.99, "        99.99 u"},
        {9.99951, "        10.00 u"},
        {1.23456, "         1.235 u"},
        {0.29194, "         0.2919 u"},
        {0.0123456, "         0.01235 u"},
        {0.00012346, "         0.0001235 u"},
        {1e12, "1000000000000 u"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        char text[64] = "";
        FILE *out = fmemopen(text, sizeof text, "w");
        bench_format_value(out, rows[k].value, "u");
        fclose(out);
        assert_string_equal(text, rows[k].text);
    }
}

static void counts_keep_their_fractions(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0, "       0 u"},          {2, "       2 u"},          {0.5, "     0.5 u"},
        {100, "     100 u"},        {1.0 / 3, "  0.3333 u"},    {1000.25, " 1000.25 u"},
        {1.0 / 5040, "0.000198 u"}, {123456789, "123456789 u"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        char text[64] = "";
        FILE *out = fmemopen(text, sizeof text, "w");
        bench_format_count(out, rows[k].value, "u");
        fclose(out);
        assert_string_equal(text, rows[k].text);
    }
}

static void names_are_those_of_go(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        unsigned cpu;
        const char *text;
    } rows[] = {{"join", 1, "BenchmarkJoin"},
                {"join/n=10", 2, "BenchmarkJoin/n=10-2"},
                {"_x", 16, "Benchmark_x-16"}};
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        char name[64];
        bench_format_name(name, sizeof name, rows[k].name, rows[k].cpu);
        assert_string_equal(name, rows[k].text);
    }
}

static void patterns_match_level_by_level(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        unsigned level;
        const char *name;
        bool matches;
    } rows[] = {
        {NULL, 0, "join", true},         {".", 0, "join", true},
        {"oi", 0, "join", true},         {"^oi", 0, "join", false},
        {"join/n=10$", 1, "n=10", true}, {"join/n=10$", 1, "n=100", false},
        {"join/x", 2, "deeper", true},   {"[/]/b", 0, "a/c", true},
        {"[]/]x/b", 1, "b", true},       {"a\\/b", 0, "a/b", true},
        {"a|b", 0, "b", true},           {"/b", 0, "anything", true},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        struct bench_match m;
        char why[128];
        assert_true(bench_match_init(&m, rows[k].pattern, why, sizeof why));
        assert_int_equal(bench_match_level(&m, rows[k].level, rows[k].name),
                         rows[k].matches);
        bench_match_fini(&m);
    }
    struct bench_match m;
    char why[128];
    assert_false(bench_match_init(&m, "good/ba(d", why, sizeof why));
    assert_non_null(strstr(why, "ba(d: "));
}

static void flags_are_read_as_go_writes_them(void **state)
{
    (void)state;
    static const struct {
        const char *args[4];
        uint64_t benchtime, ops;
        unsigned count, last_cpu;
        const char *bench;
    } rows[] = {
        {{"--benchtime=100x", "--count=3", "--cpu=1,2,4"}, 1000000000, 100, 3, 4, NULL},
        {{"-benchtime", "1m30s", "-cpu=7"}, 90000000000, 0, 1, 7, NULL},
        {{"--benchtime=1.5ms", "--bench", "x=y", "--cpu=2"}, 1500000, 0, 1, 2, "x=y"},
        {{"--bench=a=b", "--cpu", "1"}, 1000000000, 0, 1, 1, "a=b"},
        {{"--bench=", "--cpu=1", "--benchmem=false"}, 1000000000, 0, 1, 1, ""},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        struct bench_options o;
        const char *argv[6] = {"program"};
        char why[128];
        for (int a = 0; a < 4; a++)
            argv[a + 1] = rows[k].args[a];
        assert_true(bench_options_parse(&o, argv, why, sizeof why));
        assert_true(o.benchtime == rows[k].benchtime && o.benchtime_ops == rows[k].ops);
        assert_int_equal(o.count, rows[k].count);
        assert_int_equal(o.cpus[o.n_cpus - 1], rows[k].last_cpu);
        assert_false(o.benchmem);
        if (rows[k].bench)
            assert_string_equal(o.bench, rows[k].bench);
    }
}

static void a_wrong_flag_is_refused_with_the_remedy(void **state)
{
    (void)state;
    static const struct {
        const char *args[2], *why;
    } rows[] = {
        {{"--bnech=."}, "unknown flag --bnech=.; did you mean --bench?"},
        {{"--benchmen"}, "unknown flag --benchmen; did you mean --benchmem?"},
        {{"--frobnicate"}, "unknown flag --frobnicate"},
        {{"join"}, "join: this program takes flags only"},
        {{"-"}, "-: this program takes flags only"},
        {{"--run"}, "--run takes a regular expression, not nothing"},
        {{"--count=0"}, "--count takes a whole number from 1 to 1000000, not 0"},
        {{"--count", "-3"}, "--count takes a whole number from 1 to 1000000, not -3"},
        {{"--flags"}, "--flags takes one line of text, not nothing"},
        {{"--seed=1x"}, "--seed takes a whole number, not 1x"},
        {{"--cpu=1,,2"}, "--cpu takes numbers of threads like 1,2,4, not 1,,2"},
        {{"--benchmem=maybe"}, "--benchmem takes nothing, true or false, not maybe"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        struct bench_options o;
        const char *argv[4] = {"program", rows[k].args[0], rows[k].args[1]};
        char why[128];
        assert_false(bench_options_parse(&o, argv, why, sizeof why));
        assert_string_equal(why, rows[k].why);
    }
    static const char *const times[] = {"0x",  "x",  "1",   "s", "1.2.3s",
                                        "-1s", "0s", "1s2", "1d"};
    for (size_t k = 0; k < sizeof times / sizeof times[0]; k++) {
        struct bench_options o;
        const char *argv[4] = {"program", "--benchtime", times[k]};
        char why[128];
        assert_false(bench_options_parse(&o, argv, why, sizeof why));
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_have_four_digits_and_aligned_points),
        cmocka_unit_test(counts_keep_their_fractions),
        cmocka_unit_test(names_are_those_of_go),
        cmocka_unit_test(patterns_match_level_by_level),
        cmocka_unit_test(flags_are_read_as_go_writes_them),
        cmocka_unit_test(a_wrong_flag_is_refused_with_the_remedy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
