/*
 * What a lesson is told of a profile: which function is the first, what was not seen, and why
 * there is nothing to tell.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "engine/findings.h"
#include "profile_bed.h"

enum { MS = 1000000 };

static const struct pc_request asked = {
    .kind = PC_REQUEST_PROFILE, .profile = 3, .file = "experiments/sort.c", .bench = ""};

/* What pc_findings_make() gives for `n` stacks; the caller frees it. */
static void make(const struct bed_stack *stacks, size_t n, const char *source,
                 bool by_total, struct pc_value *table)
{
    struct pc_profile profile;
    struct pc_request request = asked;
    request.by_total = by_total;
    bed_profile(&profile, stacks, n);
    profile.source = pc_strdup(source);
    profile.source_name = pc_strdup("sort.c");
    profile.ops = 8;
    const struct pc_profiled found = {.profile = &profile, .bench = "sorts"};
    pc_findings_make(&found, &request, table);
    pc_profile_fini(&profile);
}

static void the_first_is_settled_when_no_other_may_be_it(void **state)
{
    (void)state;
    static const struct {
        struct bed_stack stacks[3];
        bool by_total;
        const char *top; /* NULL: none */
        bool settled;
    } rows[] = {
        {{{"!main;sort", 150, NULL}, {"!main;fib", 50, NULL}}, false, "sort", true},
        {{{"!main;sort", 100, NULL}, {"!main;fib", 90, NULL}}, false, "sort", false},
        {{{"!main;sort", 5, NULL}}, false, "sort", true},
        /* By total the body of the bench has all there is, and is no answer. */
        {{{"!main;bench_body_b;sort", 10, NULL},
          {"!main;bench_body_b;sort;cmp", 100, NULL},
          {"!main;bench_body_b;fib", 20, NULL}},
         true,
         "sort",
         false},
        {{{"!main;bench_body_b;sort;cmp", 100, NULL},
          {"!main;bench_body_b;sort", 60, NULL},
          {"!main;bench_body_b;fib", 20, NULL}},
         true,
         "sort",
         true},
        {{{"!main;bench_body_b", 100, NULL}}, true, NULL, false},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_value table;
        size_t n = 0;
        while (n < PC_COUNT(rows[i].stacks) && rows[i].stacks[n].stack)
            n++;
        make(rows[i].stacks, n, "", rows[i].by_total, &table);
        const char *top = pc_value_text(&table, "top");
        const struct pc_value *settled = pc_value_find(&table, "settled");
        if (!rows[i].top != !top || (top && strcmp(top, rows[i].top) != 0))
            fail_msg("row %zu: %s is the first", i, top ? top : "nobody");
        assert_int_equal(settled->truth, rows[i].settled);
        pc_value_fini(&table);
    }
}

static const struct pc_value *item_of(const struct pc_value *table, const char *list,
                                      size_t i)
{
    const struct pc_value *items = pc_value_find(table, list);
    assert_non_null(items);
    assert_true(i < items->n);
    assert_int_equal(items->items[i].index, i + 1);
    return &items->items[i].value;
}

static void shares_lines_and_times_are_those_of_the_profile(void **state)
{
    (void)state;
    static const struct bed_stack stacks[] = {{"!main;sort:3", 150, NULL},
                                              {"!main;sort:2;cmp:1", 50, NULL}};
    struct pc_value table;
    make(stacks, 2, "int cmp();\n\tcall(cmp); \nsort\n", false, &table);
    const struct pc_value *sort = item_of(&table, "functions", 0);
    assert_string_equal(pc_value_text(sort, "name"), "sort");
    assert_true(pc_value_number(sort, "self", 0) == 0.75);
    assert_true(pc_value_number(sort, "self_low", 0) < 0.75);
    assert_true(pc_value_number(sort, "total", 0) == 1);
    assert_true(pc_value_number(sort, "ns", 0) == 150.0 * 4 * MS / 8);
    assert_true(pc_value_number(&table, "ns", 0) == 200.0 * 4 * MS / 8);
    assert_true(pc_value_number(&table, "number", 0) == 3);
    assert_true(pc_value_number(&table, "samples", 0) == 200);
    const struct pc_value *hot = item_of(&table, "lines", 0);
    assert_true(pc_value_number(hot, "line", 0) == 3);
    assert_string_equal(pc_value_text(hot, "text"), "sort");
    /* Of two lines that take nothing, or as much, the one that calls more. */
    const struct pc_value *last = item_of(&table, "lines", 2);
    assert_string_equal(pc_value_text(last, "text"), "call(cmp);");
    assert_true(pc_value_number(last, "self", 1) == 0);
    assert_true(pc_value_number(last, "total", 0) == 0.25);
    pc_value_fini(&table);
}

static void what_the_file_names_was_not_seen(void **state)
{
    (void)state;
    static const struct bed_stack stacks[] = {{"!main;sort", 100, NULL}};
    static const char *const names[] = {"rare", "strlen", "f2"};
    struct pc_value table;
    make(stacks, 1, "int rare(x) { if (x) return (strlen(y) + rare(2) + 3(f2(1))); }",
         false, &table);
    const struct pc_value *unseen = pc_value_find(&table, "unseen");
    assert_int_equal(unseen->n, PC_COUNT(names));
    for (size_t i = 0; i < PC_COUNT(names); i++)
        assert_string_equal(unseen->items[i].value.text, names[i]);
    const struct pc_value *nothing = pc_value_find(&table, "nothing");
    assert_true(pc_value_number(nothing, "self", 1) == 0);
    assert_true(pc_value_number(nothing, "self_high", 0) > 0);
    pc_value_fini(&table);
}

/* A pack's host is sent no more than that. */
static void a_long_profile_is_cut(void **state)
{
    (void)state;
    enum { MANY = 700 };
    struct pc_value table;
    struct pc_str source = {0};
    PC_AUTO(pc_auto_free) struct bed_stack *stacks = pc_alloc_array(MANY, sizeof *stacks);
    for (size_t i = 0; i < MANY; i++) {
        stacks[i] = (struct bed_stack){pc_strfmt("!main;f%zu:%zu", i, i + 1), 1, NULL};
        pc_str_addf(&source, "f%zu(g%zu())%0*d\n", i, i, 500, 0);
    }
    make(stacks, MANY, source.s, false, &table);
    assert_int_equal(pc_value_find(&table, "functions")->n, 64);
    assert_int_equal(pc_value_find(&table, "lines")->n, 64);
    assert_int_equal(pc_value_find(&table, "unseen")->n, 256);
    assert_int_equal(strlen(pc_value_text(item_of(&table, "lines", 0), "text")), 199);
    pc_value_fini(&table);
    for (size_t i = 0; i < MANY; i++)
        free((char *)stacks[i].stack);
    pc_str_fini(&source);
}

static void what_keeps_a_lesson_from_going_on_is_named(void **state)
{
    (void)state;
    static const struct {
        int64_t samples, cpu_ms, wall_ms;
        bool blocked;
        struct pc_crash crash;
        const char *trouble; /* NULL: none */
    } rows[] = {
        {200, 800, 900, false, {0}, NULL},
        {10,
         40,
         50,
         false,
         {0},
         "10 samples in 50.0 ms are too few to say which function takes "
         "most; try again when the machine is less busy"},
        {2,
         8,
         5000,
         false,
         {0},
         "it used only 8.00 ms of the processor in 5.00 s: kind = \"wall\" "
         "shows where it waits"},
        {1, 4, 5000, true, {0}, "it keeps away the signal SIGPROF, which profiling needs"},
        {200,
         800,
         900,
         false,
         {.ending = PC_ENDING_TIME, .what = "time limit", .place = {.line = 12}},
         "it did not come back; it was seen at experiments/sort.c:12"},
        {1,
         4,
         900,
         false,
         {.ending = PC_ENDING_TIME, .asleep = true},
         "it did not come back, waited without working"},
        {9,
         36,
         40,
         false,
         {.ending = PC_ENDING_CRASH, .what = "Aborted", .place = {.line = 3}},
         "Aborted, at experiments/sort.c:3"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_profile profile;
        const struct bed_stack stack = {"!main;sort", rows[i].samples, NULL};
        bed_profile(&profile, &stack, 1);
        profile.cpu_ns = rows[i].cpu_ms * MS;
        profile.wall_ns = rows[i].wall_ms * MS;
        const struct pc_profiled found = {.profile = &profile,
                                          .crash = rows[i].crash,
                                          .deaf = rows[i].blocked ? PC_BLOCKS_SIGNAL
                                                                  : PC_HEARS_SIGNAL};
        PC_AUTO(pc_auto_free) char *trouble = pc_findings_trouble(&found, &asked);
        if (rows[i].trouble)
            assert_string_equal(trouble, rows[i].trouble);
        else
            assert_null(trouble);
        pc_profile_fini(&profile);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_is_settled_when_no_other_may_be_it),
        cmocka_unit_test(shares_lines_and_times_are_those_of_the_profile),
        cmocka_unit_test(what_the_file_names_was_not_seen),
        cmocka_unit_test(a_long_profile_is_cut),
        cmocka_unit_test(what_keeps_a_lesson_from_going_on_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
