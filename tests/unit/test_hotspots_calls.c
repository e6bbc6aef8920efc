#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "hotspots/calls.h"
#include "hotspots/labels.h"
#include "profile_bed.h"

enum { ROWS = 3 };

struct row {
    const char *name; /* NULL: nobody */
    int64_t value;
};

static void expect(const struct pc_call_list *list, const struct row *rows,
                   const struct pc_profile *profile)
{
    size_t n = 0;
    while (n < ROWS && rows[n].value > 0)
        n++;
    assert_int_equal(list->n, n);
    for (size_t i = 0; i < n; i++) {
        uint32_t function = list->items[i].function;
        assert_int_equal(list->items[i].share.value, rows[i].value);
        if (rows[i].name)
            assert_string_equal(profile->functions.items[function].name, rows[i].name);
        else
            assert_int_equal(function, PC_NO_FUNCTION);
    }
}

static void callers_and_callees_are_those_worked_out_by_hand(void **state)
{
    (void)state;
    static const struct bed_stack mutual[] = {
        {"main;even;odd;even;odd;leaf", 7, NULL},
        {"main;odd;even", 3, NULL},
        {"thread;even", 2, NULL},
    };
    static const struct {
        const struct bed_stack *stacks;
        size_t n;
        const char *function;
        int64_t self, total;
        struct row callers[ROWS], callees[ROWS];
    } rows[] = {
        {bed_sorts, BED_SORTS, "cmp", 40, 100, {{"sort", 100}}, {{"memcmp", 60}}},
        {bed_sorts, BED_SORTS, "fib", 70, 70, {{"bench_fib", 70}}, {{NULL, 0}}},
        {bed_sorts,
         BED_SORTS,
         "main",
         0,
         200,
         {{NULL, 200}},
         {{"bench_sort", 130}, {"bench_fib", 70}}},
        {mutual, 3, "even", 5, 12, {{"main", 7}, {"odd", 3}, {"thread", 2}}, {{"odd", 7}}},
        {mutual, 3, "odd", 0, 10, {{"even", 7}, {"main", 3}}, {{"leaf", 7}, {"even", 3}}},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_profile profile;
        struct pc_stacks stacks;
        struct pc_calls calls;
        bed_profile(&profile, rows[i].stacks, rows[i].n);
        pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 0});
        pc_calls_make(&calls, &stacks, bed_function(&profile, rows[i].function));
        assert_int_equal(calls.self.value, rows[i].self);
        assert_int_equal(calls.total.value, rows[i].total);
        expect(&calls.callers, rows[i].callers, &profile);
        expect(&calls.callees, rows[i].callees, &profile);
        pc_calls_fini(&calls);
        pc_stacks_fini(&stacks);
        pc_profile_fini(&profile);
    }
}

static void callers_and_callees_add_up(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 8);
    for (int round = 0; round < 50; round++) {
        struct pc_profile profile;
        struct pc_stacks stacks;
        bed_random(&profile, (enum pc_profile_kind)(round % 4), &rng);
        pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = profile.main});
        for (uint32_t f = 0; f < profile.functions.n; f++) {
            struct pc_calls calls;
            pc_calls_make(&calls, &stacks, f);
            int64_t callers = 0, callees = calls.self.value;
            for (size_t i = 0; i < calls.callers.n; i++)
                callers += calls.callers.items[i].share.value;
            for (size_t i = 0; i < calls.callees.n; i++)
                callees += calls.callees.items[i].share.value;
            assert_int_equal(callers, calls.total.value);
            assert_int_equal(callees, calls.total.value);
            pc_calls_fini(&calls);
        }
        pc_stacks_fini(&stacks);
        pc_profile_fini(&profile);
    }
}

static void a_profile_is_split_by_the_values_of_a_label(void **state)
{
    (void)state;
    static const struct bed_stack stacks_[] = {
        {"main;f", 10, "endpoint=/a"}, {"main;g", 50, "endpoint=/b"},
        {"main;f", 25, "endpoint=/b"}, {"main;f", 90, NULL},
        {"main;f", 25, "user=7"},
    };
    struct pc_profile profile;
    struct pc_stacks stacks;
    struct pc_split split;
    struct pc_words keys = {0};
    bed_profile(&profile, stacks_, PC_COUNT(stacks_));
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 0});
    pc_labels_keys(&profile, &keys);
    assert_int_equal(keys.n, 2);
    assert_string_equal(keys.items[0], "endpoint");
    assert_string_equal(keys.items[1], "user");
    pc_split_make(&split, &stacks, "endpoint");
    assert_int_equal(split.n, 3);
    assert_string_equal(profile.labels.items[split.items[0].label].value, "/b");
    assert_int_equal(split.items[0].share.value, 75);
    assert_true(fabs(split.items[0].share.part - 0.375) < 1e-12);
    assert_int_equal(split.items[1].share.value, 10);
    assert_int_equal(split.items[2].label, PC_NO_LABEL);
    assert_int_equal(split.items[2].share.value, 115);
    pc_split_fini(&split);
    pc_split_make(&split, &stacks, "nothing");
    assert_int_equal(split.n, 1);
    assert_int_equal(split.items[0].share.value, 200);
    pc_split_fini(&split);
    pc_words_fini(&keys);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(callers_and_callees_are_those_worked_out_by_hand),
        cmocka_unit_test(callers_and_callees_add_up),
        cmocka_unit_test(a_profile_is_split_by_the_values_of_a_label),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
