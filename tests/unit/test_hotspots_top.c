#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "hotspots/top.h"
#include "profile_bed.h"

struct row {
    const char *name;
    int64_t self, total; /* samples */
    unsigned rank;
    bool is_tied;
};

static void expect(const struct pc_top *top, const struct pc_profile *profile,
                   const struct row *rows, size_t n)
{
    assert_int_equal(top->n, n);
    for (size_t i = 0; i < n; i++) {
        const struct pc_top_row *row = &top->items[i];
        assert_string_equal(profile->functions.items[row->function].name, rows[i].name);
        assert_int_equal(row->self.value, rows[i].self);
        assert_int_equal(row->total.value, rows[i].total);
        assert_int_equal(row->rank, rows[i].rank);
        assert_int_equal(row->is_tied, rows[i].is_tied);
    }
}

static void self_and_total_are_those_worked_out_by_hand(void **state)
{
    (void)state;
    /* Intervals of 70, 60, 40 and 30 of 200 begin at 0.287, 0.241, 0.150 and 0.107, and end at
     * 0.418, 0.367, 0.261 and 0.206. */
    static const struct row by_self[] = {
        {"fib", 70, 70, 1, true},      {"memcmp", 60, 60, 1, true},
        {"cmp", 40, 100, 3, true},     {"sort", 30, 130, 3, true},
        {"main", 0, 200, 5, true},     {"bench_sort", 0, 130, 5, true},
        {"bench_fib", 0, 70, 5, true},
    };
    static const struct row by_total[] = {
        {"main", 0, 200, 1, false},      {"sort", 30, 130, 2, true},
        {"bench_sort", 0, 130, 2, true}, {"cmp", 40, 100, 4, false},
        {"fib", 70, 70, 5, true},        {"bench_fib", 0, 70, 5, true},
        {"memcmp", 60, 60, 5, true},
    };
    struct pc_profile profile;
    struct pc_stacks stacks;
    struct pc_top top;
    bed_profile(&profile, bed_sorts, BED_SORTS);
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 0});
    assert_int_equal(stacks.whole.total, 200);
    assert_true(stacks.whole.taken == 200);
    pc_top_make(&top, &stacks, PC_TOP_BY_SELF);
    expect(&top, &profile, by_self, PC_COUNT(by_self));
    assert_false(top.is_settled);
    assert_true(fabs(top.items[0].self.part - 0.35) < 1e-12);
    assert_true(fabs(top.items[0].self.low - 0.2872882413) < 1e-9);
    assert_true(fabs(top.items[0].self.high - 0.4183653566) < 1e-9);
    pc_top_fini(&top);
    pc_top_make(&top, &stacks, PC_TOP_BY_TOTAL);
    expect(&top, &profile, by_total, PC_COUNT(by_total));
    assert_true(top.is_settled);
    pc_top_fini(&top);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

static void host_and_libraries_are_left_out_when_asked(void **state)
{
    (void)state;
    static const struct bed_stack callback[] = {
        {".start;!main;+bench:1;sort:2;.qsort;.msort;cmp:3;.strcmp", 60, NULL},
        {"!main;.write", 3, NULL},
        {".clone;.worker", 2, NULL},
    };
    static const struct {
        bool hides_host, folds_libraries;
        struct row rows[10];
        size_t n;
    } rows[] = {
        {true,
         true,
         {{"cmp", 60, 60, 1, false},
          {"main", 3, 3, 2, true},
          {"worker", 2, 2, 2, true},
          {"bench", 0, 60, 2, false},
          {"sort", 0, 60, 2, false},
          {"clone", 0, 2, 2, false}},
         6},
        {true,
         false,
         {{"strcmp", 60, 60, 1, false},
          {"write", 3, 3, 2, true},
          {"worker", 2, 2, 2, true},
          {"bench", 0, 60, 2, true},
          {"cmp", 0, 60, 2, true},
          {"msort", 0, 60, 2, true},
          {"qsort", 0, 60, 2, true},
          {"sort", 0, 60, 2, true},
          {"main", 0, 3, 2, true},
          {"clone", 0, 2, 2, true}},
         10},
    };
    struct pc_profile profile;
    bed_profile(&profile, callback, PC_COUNT(callback));
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_stacks stacks;
        struct pc_top top;
        struct pc_look look = {.type = 0,
                               .hides_host = rows[i].hides_host,
                               .folds_libraries = rows[i].folds_libraries};
        pc_stacks_init(&stacks, &profile, &look);
        pc_top_make(&top, &stacks, PC_TOP_BY_SELF);
        assert_int_equal(top.n, rows[i].n);
        for (size_t k = 0; k < top.n; k++) {
            const char *name = profile.functions.items[top.items[k].function].name;
            assert_string_equal(name, rows[i].rows[k].name);
            assert_int_equal(top.items[k].self.value, rows[i].rows[k].self);
            assert_int_equal(top.items[k].total.value, rows[i].rows[k].total);
            assert_int_equal(top.items[k].rank, rows[i].rows[k].rank);
        }
        assert_int_equal(stacks.whole.total, 65);
        pc_top_fini(&top);
        pc_stacks_fini(&stacks);
    }
    pc_profile_fini(&profile);
}

static void too_few_samples_are_not_ranked(void **state)
{
    (void)state;
    static const struct {
        int64_t count;
        bool suffice;
        int64_t need_ms; /* at 250 Hz, and 4 ms more */
    } rows[] = {
        {0, false, 0}, {1, false, 400}, {25, false, 208}, {49, false, 204}, {50, true, 0}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct bed_stack stack = {"main;f", rows[i].count, NULL};
        struct pc_profile profile;
        struct pc_stacks stacks;
        struct pc_top top;
        bed_profile(&profile, &stack, 1);
        pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 1});
        assert_int_equal(pc_stacks_suffice(&stacks), rows[i].suffice);
        assert_int_equal(pc_stacks_need_ns(&stacks) / 1000000, rows[i].need_ms);
        pc_top_make(&top, &stacks, PC_TOP_BY_SELF);
        assert_int_equal(top.n, rows[i].count ? 2 : 0);
        for (size_t k = 0; k < top.n; k++)
            assert_int_equal(top.items[k].rank > 0, rows[i].suffice);
        assert_int_equal(top.is_settled, rows[i].suffice);
        pc_top_fini(&top);
        pc_stacks_fini(&stacks);
        pc_profile_fini(&profile);
    }
}

static void a_file_that_took_for_ever_needs_no_longer(void **state)
{
    (void)state;
    struct bed_stack stack = {"main;f", 1, NULL};
    struct pc_profile profile;
    struct pc_stacks stacks;
    bed_profile(&profile, &stack, 1);
    profile.wall_ns = INT64_MAX;
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 0});
    assert_true(pc_stacks_need_ns(&stacks) > INT64_MAX / 4);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

static void exact_profiles_have_no_intervals_and_few_ties(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"make", 3, 3, 1, false}, {"grow", 2, 2, 2, true}, {"join", 2, 2, 2, true}};
    struct pc_profile profile;
    struct pc_stacks stacks;
    struct pc_top top;
    pc_profile_init(&profile, PC_PROFILE_ALLOC);
    profile.period = 1;
    bed_add(&profile, "grow:1", NULL, 2, 16);
    bed_add(&profile, "join:1", NULL, 2, 16);
    bed_add(&profile, "make:1", NULL, 3, 16);
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 0});
    assert_int_equal(stacks.whole.certainty, PC_SHARES_EXACT);
    pc_top_make(&top, &stacks, PC_TOP_BY_SELF);
    expect(&top, &profile, rows, PC_COUNT(rows));
    assert_true(top.is_settled);
    assert_true(top.items[0].self.low == top.items[0].self.part &&
                top.items[0].self.high == top.items[0].self.part);
    pc_top_fini(&top);
    pc_stacks_fini(&stacks);
    profile.period = 524288;
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 2});
    assert_int_equal(stacks.whole.certainty, PC_SHARES_ESTIMATED);
    assert_int_equal(stacks.n, 0);
    pc_stacks_fini(&stacks);
    profile.kind = PC_PROFILE_CPU;
    profile.period = 1;
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 0});
    assert_int_equal(stacks.whole.certainty, PC_SHARES_ESTIMATED);
    assert_true(pc_stacks_suffice(&stacks));
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

static void a_label_selects_its_samples(void **state)
{
    (void)state;
    struct pc_profile profile;
    struct pc_stacks stacks;
    bed_profile(&profile, bed_sorts, BED_SORTS);
    uint32_t label = pc_profile_label(&profile, "endpoint", "/fib");
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 1, .label = &label});
    assert_int_equal(stacks.n, 2);
    assert_int_equal(stacks.whole.total, 70 * 4000000LL);
    assert_true(fabs(stacks.whole.taken - 70) < 1e-9);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

/* The own values of all functions are the whole, whatever is left out; no total is more. */
static void own_values_add_up_to_the_whole(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 31);
    for (int round = 0; round < 200; round++) {
        struct pc_profile profile;
        struct pc_stacks stacks;
        struct pc_top top;
        bed_random(&profile, (enum pc_profile_kind)(round % 4), &rng);
        struct pc_look look = {.type = pc_rng_below(&rng, profile.n_types),
                               .hides_host = pc_rng_below(&rng, 2),
                               .folds_libraries = pc_rng_below(&rng, 2)};
        pc_stacks_init(&stacks, &profile, &look);
        assert_int_equal(stacks.whole.total, pc_profile_total(&profile, look.type));
        pc_top_make(&top, &stacks, round % 2 ? PC_TOP_BY_SELF : PC_TOP_BY_TOTAL);
        int64_t sum = 0, without = 0;
        for (size_t i = 0; i < stacks.n; i++)
            without += stacks.items[i].n == 0 ? stacks.items[i].value : 0;
        for (size_t i = 0; i < top.n; i++) {
            const struct pc_top_row *row = &top.items[i];
            sum += row->self.value;
            assert_true(row->total.value >= row->self.value);
            assert_true(row->total.value <= stacks.whole.total);
            assert_true(row->self.low <= row->self.part &&
                        row->self.part <= row->self.high);
            assert_true(row->rank >= 1 && row->rank <= i + 1);
        }
        assert_int_equal(sum + without, stacks.whole.total);
        pc_top_fini(&top);
        pc_stacks_fini(&stacks);
        pc_profile_fini(&profile);
    }
}

/* Such as what stands in front of pthread_create(). */
static void what_the_host_does_for_the_bench_is_its_callers(void **state)
{
    (void)state;
    static const struct bed_stack stacks_of[] = {
        {"!main;+bench:1;sort:2;!create;.clone", 60, NULL},
        {".clone;!run;work:3", 30, NULL},
        {".clone;!run;!leave", 1, NULL},
    };
    static const struct row rows[] = {
        {"sort", 60, 60, 1, false}, {"work", 30, 30, 2, false}, {"leave", 1, 1, 3, true},
        {"bench", 0, 60, 3, true},  {"clone", 0, 1, 3, true},   {"run", 0, 1, 3, true}};
    struct pc_profile profile;
    struct pc_stacks stacks;
    struct pc_top top;
    bed_profile(&profile, stacks_of, PC_COUNT(stacks_of));
    const struct pc_look look = {.hides_host = true, .folds_libraries = true};
    pc_stacks_init(&stacks, &profile, &look);
    pc_top_make(&top, &stacks, PC_TOP_BY_SELF);
    expect(&top, &profile, rows, PC_COUNT(rows));
    pc_top_fini(&top);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(self_and_total_are_those_worked_out_by_hand),
        cmocka_unit_test(host_and_libraries_are_left_out_when_asked),
        cmocka_unit_test(what_the_host_does_for_the_bench_is_its_callers),
        cmocka_unit_test(too_few_samples_are_not_ranked),
        cmocka_unit_test(a_file_that_took_for_ever_needs_no_longer),
        cmocka_unit_test(exact_profiles_have_no_intervals_and_few_ties),
        cmocka_unit_test(a_label_selects_its_samples),
        cmocka_unit_test(own_values_add_up_to_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
