#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "base/mem.h"
#include "base/str.h"
#include "benchfmt/compare.h"

/* The comparison of two texts, or the summary of one. */
struct bed {
    struct pc_benchfmt data;
    struct pc_comparison c;
};

static void set_up(struct bed *bed, const char *before, const char *after,
                   const struct pc_compare_spec *spec)
{
    static const struct pc_compare_spec usual = {.alpha = 0.05, .level = 0.95};
    const char *texts[] = {before, after};
    struct pc_err err = {0};
    *bed = (struct bed){0};
    for (int f = 0; f < 2 && texts[f]; f++) {
        PC_AUTO(pc_auto_free) char *copy = pc_strdup(texts[f]);
        if (!pc_benchfmt_read(&bed->data, f ? "new" : "old", copy, strlen(copy), NULL,
                              &err))
            fail_msg("%s", err.msg);
    }
    pc_compare(&bed->data, spec ? spec : &usual, &bed->c);
}

static void tear_down(struct bed *bed)
{
    pc_comparison_fini(&bed->c);
    pc_benchfmt_fini(&bed->data);
}

/* Lines of a benchmark with these values, ended by 0. */
static void add_runs(struct pc_str *text, const char *name, const char *unit,
                     const double *values)
{
    for (; *values; values++)
        pc_str_addf(text, "Benchmark%s 1 %.17g %s\n", name, *values, unit);
}

static void near(double value, double expected)
{
    if (isnan(expected) ? !isnan(value)
                        : value != expected && !(fabs(value / expected - 1) < 1e-9))
        fail_msg("%.17g instead of %.17g", value, expected);
}

/* The example in benchstat's own tests, with what it prints: 1.718 us +- 1 % against 1.423 us
 * +- 1 %, -17.20 %, p=0.000; 3.066 us against 3.070 us, ~, p=0.446; geomean -8.94 %. */
static void the_numbers_are_those_of_benchstat(void **state)
{
    (void)state;
    static const double json[][11] = {
        {1726, 1723, 1707, 1707, 1713, 1729, 1736, 1707, 1705, 1774},
        {1423, 1416, 1411, 1413, 1412, 1426, 1422, 1424, 1447, 1425}};
    static const double gob[][11] = {
        {3069, 3075, 3069, 3067, 3207, 3064, 3064, 3058, 3059, 3062},
        {3075, 3065, 3059, 3065, 3060, 3081, 3186, 3135, 3087, 3062}};
    struct pc_str texts[2] = {{0}};
    for (int f = 0; f < 2; f++) {
        add_runs(&texts[f], "Encode/format=json-48", "ns/op", json[f]);
        add_runs(&texts[f], "Encode/format=gob-48", "ns/op", gob[f]);
    }
    struct bed bed;
    set_up(&bed, texts[0].s, texts[1].s, NULL);
    assert_int_equal(bed.c.n, 1);
    const struct pc_compare_table *t = &bed.c.items[0];
    static const struct {
        const char *name;
        double centers[2], lows[2], highs[2], change, p, corrected;
        enum pc_compare_verdict verdict;
    } rows[] = {
        {"Encode/format=json-48",
         {1718, 1422.5},
         {1707, 1412},
         {1736, 1426},
         1422.5 / 1718 - 1,
         1.0 / 92378,
         2.0 / 92378,
         PC_COMPARE_BETTER},
        {"Encode/format=gob-48",
         {3065.5, 3070},
         {3059, 3060},
         {3075, 3135},
         3070 / 3065.5 - 1,
         0.4461018857303687,
         0.4461018857303687,
         PC_COMPARE_SAME},
    };
    assert_int_equal(t->n, PC_COUNT(rows));
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const struct pc_compare_row *row = &t->items[i];
        assert_string_equal(row->name, rows[i].name);
        for (int f = 0; f < 2; f++) {
            near(row->sides[f].center, rows[i].centers[f]);
            near(row->sides[f].low, rows[i].lows[f]);
            near(row->sides[f].high, rows[i].highs[f]);
        }
        near(row->change, rows[i].change);
        near(row->p, rows[i].p);
        near(row->corrected_p, rows[i].corrected);
        assert_int_equal(row->verdict, rows[i].verdict);
        assert_int_equal(row->notes, 0);
    }
    near(t->geomeans[0], 2294.891936453654);
    near(t->geomeans[1], 2089.754770302007);
    near(t->geomean_ratio, 2089.754770302007 / 2294.891936453654);
    tear_down(&bed);
    pc_str_fini(&texts[0]);
    pc_str_fini(&texts[1]);
}

static const struct {
    const char *what, *facts;
    double before[8], after[8];
    double change, p;
    enum pc_compare_verdict verdict;
    unsigned notes;
} lacking[] = {
    {"one run of each",
     "",
     {5},
     {6},
     0.2,
     1,
     PC_COMPARE_SAME,
     PC_NOTE_FEW_FOR_INTERVAL | PC_NOTE_FEW_FOR_TEST},
    {"three",
     "",
     {1, 2, 3},
     {4, 5, 6},
     1.5,
     0.1,
     PC_COMPARE_SAME,
     PC_NOTE_FEW_FOR_INTERVAL | PC_NOTE_FEW_FOR_TEST},
    {"four",
     "",
     {1, 2, 3, 4},
     {5, 6, 7, 8},
     1.6,
     1.0 / 35,
     PC_COMPARE_WORSE,
     PC_NOTE_FEW_FOR_INTERVAL},
    {"six",
     "",
     {11, 12, 13, 14, 15, 16},
     {1, 2, 3, 4, 5, 6},
     3.5 / 13.5 - 1,
     1.0 / 462,
     PC_COMPARE_BETTER,
     0},
    {"six that are all equal",
     "",
     {7, 7, 7, 7, 7, 7},
     {7, 7, 7, 7, 7, 7},
     0,
     1,
     PC_COMPARE_SAME,
     PC_NOTE_ALL_EQUAL},
    {"only in the old file",
     "",
     {1, 2, 3, 4, 5, 6},
     {0},
     NAN,
     NAN,
     PC_COMPARE_UNPAIRED,
     PC_NOTE_UNIT_ALONE},
    {"only in the new file",
     "",
     {0},
     {1, 2, 3, 4, 5, 6},
     NAN,
     NAN,
     PC_COMPARE_UNPAIRED,
     PC_NOTE_UNIT_ALONE},
    {"exact and equal", "Unit u/op assume=exact\n", {3}, {3}, 0, NAN, PC_COMPARE_SAME, 0},
    {"exact and more",
     "Unit u/op assume=exact\n",
     {100},
     {105},
     0.05,
     NAN,
     PC_COMPARE_WORSE,
     0},
    {"exact, more is better",
     "Unit u/op assume=exact better=higher\n",
     {100},
     {105},
     0.05,
     NAN,
     PC_COMPARE_BETTER,
     0},
    {"exact, but not quite",
     "Unit u/op assume=exact\n",
     {100, 101, 101},
     {101, 101},
     0,
     NAN,
     PC_COMPARE_SAME,
     PC_NOTE_NOT_EXACT},
    {"negative values",
     "",
     {-1, -2, -3, -4, -5, -6},
     {-11, -12, -13, -14, -15, -16},
     -10 / 3.5,
     1.0 / 462,
     PC_COMPARE_BETTER,
     0},
};

static void a_row_tells_what_it_lacks(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(lacking); i++) {
        struct pc_str texts[2] = {{0}};
        pc_str_adds(&texts[0], lacking[i].facts);
        for (int f = 0; f < 2; f++) {
            add_runs(&texts[f], "X", "u/op", f ? lacking[i].after : lacking[i].before);
            add_runs(&texts[f], "Y", "other", (double[]){1, 0});
        }
        struct bed bed;
        set_up(&bed, texts[0].s, texts[1].s, NULL);
        const struct pc_compare_table *t = &bed.c.items[lacking[i].before[0] ? 0 : 1];
        const struct pc_compare_row *row = &t->items[0];
        if (row->verdict != lacking[i].verdict || row->notes != lacking[i].notes)
            fail_msg("%s: verdict %d, notes %u", lacking[i].what, row->verdict, row->notes);
        near(row->change, lacking[i].change);
        near(row->p, lacking[i].p);
        tear_down(&bed);
        pc_str_fini(&texts[0]);
        pc_str_fini(&texts[1]);
    }
}

/* Two benchmarks, one of which has p = 2/C(8,4) = 0.0286. */
static void many_benchmarks_are_corrected_for(void **state)
{
    (void)state;
    struct pc_str texts[2] = {{0}};
    for (int f = 0; f < 2; f++) {
        add_runs(&texts[f], "Differs", "ns/op",
                 f ? (double[]){5, 6, 7, 8, 0} : (double[]){1, 2, 3, 4, 0});
        add_runs(&texts[f], "Same", "ns/op", (double[]){1, 2, 3, 4, 0});
        add_runs(&texts[f], "Differs", "allocs/op",
                 f ? (double[]){5, 6, 7, 8, 0} : (double[]){1, 2, 3, 4, 0});
        add_runs(&texts[f], "Same", "allocs/op", (double[]){4, 4, 4, 4, 0});
    }
    struct bed bed;
    set_up(&bed, texts[0].s, texts[1].s, NULL);
    const struct pc_compare_row *row = &bed.c.items[0].items[0];
    near(row->corrected_p, 2.0 / 35);
    assert_int_equal(row->verdict, PC_COMPARE_SAME);
    /* Five runs of each would do: 2 * 2/C(10,5) = 0.016. */
    assert_true(row->notes & PC_NOTE_FEW_FOR_TEST);
    assert_int_equal(bed.c.items[0].runs_needed, 5);
    /* Another unit is another question, and what cannot differ is no test. */
    row = &bed.c.items[1].items[0];
    near(row->corrected_p, 1.0 / 35);
    assert_int_equal(row->verdict, PC_COMPARE_WORSE);
    near(pc_compare_loss(&bed.c.items[1], row), 1.6);
    tear_down(&bed);
    struct pc_compare_spec alone = {.alpha = 0.05, .level = 0.95, .uncorrected = true};
    set_up(&bed, texts[0].s, texts[1].s, &alone);
    assert_int_equal(bed.c.items[0].items[0].verdict, PC_COMPARE_WORSE);
    tear_down(&bed);
    pc_str_fini(&texts[0]);
    pc_str_fini(&texts[1]);
}

static void settings_divide_or_differ(void **state)
{
    (void)state;
    struct bed bed;
    set_up(&bed,
           "goos: linux\ncpu: A\npkg: one\nBenchmarkX 1 1 u\npkg: two\nBenchmarkX 1 2 u\n",
           "goos: linux\ncpu: B\nnote: x\npkg: two\nBenchmarkX 1 3 u\n", NULL);
    static const struct {
        const char *key, *values[2];
        bool divides, matters;
    } rows[] = {
        {"goos", {"linux", "linux"}, false, true},
        {"cpu", {"A", "B"}, false, true},
        {"pkg", {NULL, "two"}, true, false},
        {"note", {NULL, "x"}, false, false},
    };
    assert_int_equal(bed.c.settings.n, PC_COUNT(rows));
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const struct pc_compare_setting *s = &bed.c.settings.items[i];
        assert_string_equal(s->key, rows[i].key);
        assert_int_equal(s->divides, rows[i].divides);
        assert_int_equal(s->matters, rows[i].matters);
        for (int f = 0; f < 2 && !s->divides; f++)
            assert_true(rows[i].values[f]
                            ? s->values[f] && strcmp(s->values[f], rows[i].values[f]) == 0
                            : !s->values[f]);
    }
    assert_int_equal(bed.c.n, 2);
    assert_string_equal(bed.c.items[0].group.items[0].values[0], "one");
    assert_int_equal(bed.c.items[0].items[0].verdict, PC_COMPARE_UNPAIRED);
    assert_string_equal(bed.c.items[1].group.items[0].values[0], "two");
    near(bed.c.items[1].items[0].change, 0.5);
    assert_int_equal(bed.c.n_pairs, 1);
    assert_int_equal(bed.c.n_unpaired[0], 1);
    tear_down(&bed);
}

static void geometric_means_tell_when_they_mislead(void **state)
{
    (void)state;
    static const struct {
        const char *what, *before, *after;
        double means[2], ratio;
        unsigned notes;
    } rows[] = {
        {"both",
         "BenchmarkX 1 1 u\nBenchmarkY 1 100 u\n",
         "BenchmarkX 1 2 u\nBenchmarkY 1 200 u\n",
         {10, 20},
         2,
         0},
        {"different sets",
         "BenchmarkX 1 2 u\nBenchmarkY 1 50 u\n",
         "BenchmarkX 1 4 u\n",
         {10, 4},
         2,
         PC_NOTE_SETS_DIFFER},
        {"zeros",
         "BenchmarkX 1 0 u\nBenchmarkY 1 1 u\n",
         "BenchmarkX 1 0 u\nBenchmarkY 1 1 u\n",
         {NAN, NAN},
         1,
         PC_NOTE_NO_GEOMEAN},
        {"from nothing",
         "BenchmarkX 1 0 u\n",
         "BenchmarkX 1 1 u\n",
         {NAN, 1},
         NAN,
         PC_NOTE_NO_GEOMEAN},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct bed bed;
        set_up(&bed, rows[i].before, rows[i].after, NULL);
        const struct pc_compare_table *t = &bed.c.items[0];
        near(t->geomeans[0], rows[i].means[0]);
        near(t->geomeans[1], rows[i].means[1]);
        near(t->geomean_ratio, rows[i].ratio);
        if (t->notes != rows[i].notes)
            fail_msg("%s: notes %u", rows[i].what, t->notes);
        tear_down(&bed);
    }
}

static void a_single_file_is_summed_up(void **state)
{
    (void)state;
    struct bed bed;
    set_up(&bed,
           "BenchmarkX 1 3 u\nBenchmarkX 1 NaN u\nBenchmarkX 1 1 u\nBenchmarkY 1 NaN u\n",
           NULL, NULL);
    const struct pc_compare_row *row = bed.c.items[0].items;
    near(row[0].sides[0].center, 2);
    assert_int_equal(row[0].sides[0].n, 2);
    assert_int_equal(row[0].notes, PC_NOTE_NAN | PC_NOTE_FEW_FOR_INTERVAL);
    assert_int_equal(row[1].sides[0].n, 0);
    assert_int_equal(row[1].notes, PC_NOTE_NAN);
    assert_int_equal(bed.c.n_pairs, 0);
    tear_down(&bed);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_numbers_are_those_of_benchstat),
        cmocka_unit_test(a_row_tells_what_it_lacks),
        cmocka_unit_test(many_benchmarks_are_corrected_for),
        cmocka_unit_test(settings_divide_or_differ),
        cmocka_unit_test(geometric_means_tell_when_they_mislead),
        cmocka_unit_test(a_single_file_is_summed_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
