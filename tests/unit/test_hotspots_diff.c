#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "hotspots/diff.h"
#include "profile_bed.h"

/* Those of table II of the paper, method 10, where the second share is taken from the first. */
static void the_interval_is_that_of_the_paper(void **state)
{
    (void)state;
    static const struct {
        int64_t hits, n, other_hits, other_n;
        double low, high;
        int sign;
    } rows[] = {
        {56, 70, 48, 80, 0.0524, 0.3339, 1}, {9, 10, 3, 10, 0.1705, 0.8090, 1},
        {6, 7, 2, 7, 0.0582, 0.8062, 1},     {5, 56, 0, 29, -0.0381, 0.1926, 0},
        {0, 10, 0, 20, -0.1611, 0.2775, 0},  {10, 10, 0, 10, 0.6075, 1.0000, 1},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const struct pc_whole whole = {rows[i].n, (double)rows[i].n, PC_SHARES_SAMPLED};
        const struct pc_whole other = {rows[i].other_n, (double)rows[i].other_n,
                                       PC_SHARES_SAMPLED};
        struct pc_share is = pc_share_of(rows[i].hits, &whole);
        struct pc_share was = pc_share_of(rows[i].other_hits, &other);
        struct pc_difference there = pc_share_difference(&was, &is);
        struct pc_difference back = pc_share_difference(&is, &was);
        assert_true(fabs(there.low - rows[i].low) < 5e-5);
        assert_true(fabs(there.high - rows[i].high) < 5e-5);
        assert_int_equal(there.sign, rows[i].sign);
        assert_true(fabs(there.low + back.high) < 1e-12);
        assert_int_equal(back.sign, -rows[i].sign);
    }
}

struct change {
    const char *name;
    int64_t was, is; /* samples */
    int sign;
};

static void expect(const struct pc_diff *diff, const struct pc_profile *before,
                   const struct pc_profile *after, const struct change *rows, size_t n)
{
    assert_int_equal(diff->n, n);
    for (size_t i = 0; i < n; i++) {
        const struct pc_change *change = &diff->items[i];
        if (change->before != PC_NO_FUNCTION)
            assert_string_equal(before->functions.items[change->before].name, rows[i].name);
        if (change->after != PC_NO_FUNCTION)
            assert_string_equal(after->functions.items[change->after].name, rows[i].name);
        assert_int_equal(
            change->before == PC_NO_FUNCTION && change->after == PC_NO_FUNCTION, false);
        assert_int_equal(change->old.value, rows[i].was);
        assert_int_equal(change->new.value, rows[i].is);
        assert_int_equal(change->share.sign, rows[i].sign);
    }
}

static void a_share_has_changed_only_where_chance_cannot_say_so(void **state)
{
    (void)state;
    static const struct bed_stack before_stacks[] = {{"bench;scan:3", 70, NULL},
                                                     {"bench;grow:9", 40, NULL},
                                                     {"bench;copy:20", 60, NULL},
                                                     {"bench;.free", 30, NULL}};
    static const struct bed_stack after_stacks[] = {{"bench;scan:4", 120, NULL},
                                                    {"bench;hash:30", 0, NULL},
                                                    {"bench;copy:22", 60, NULL},
                                                    {"bench;.free", 20, NULL}};
    /* 0.35 to 0.6 is +0.25 (0.153 to 0.341); 0.2 to 0 is -0.2 (-0.261 to -0.147); 0.15 to 0.1
     * is -0.05 (-0.116 to 0.015). */
    static const struct change rows[] = {{"scan", 70, 120, 1},
                                         {"grow", 40, 0, -1},
                                         {"free", 30, 20, 0},
                                         {"bench", 0, 0, 0},
                                         {"copy", 60, 60, 0}};
    struct pc_profile before, after;
    struct pc_stacks old, new;
    struct pc_diff diff;
    struct pc_err err;
    bed_profile(&before, before_stacks, PC_COUNT(before_stacks));
    bed_profile(&after, after_stacks, PC_COUNT(after_stacks));
    before.ops = 1000;
    after.ops = 4000;
    pc_stacks_init(&old, &before, &(struct pc_look){.type = 0});
    pc_stacks_init(&new, &after, &(struct pc_look){.type = 0});
    assert_true(pc_diff_make(&diff, &old, &new, PC_TOP_BY_SELF, &err));
    expect(&diff, &before, &after, rows, PC_COUNT(rows));
    assert_true(fabs(diff.items[0].share.low - 0.152751) < 1e-6);
    assert_true(fabs(diff.items[0].share.high - 0.340604) < 1e-6);
    assert_true(fabs(diff.items[0].old_per_op - 0.07) < 1e-12);
    assert_true(fabs(diff.items[0].new_per_op - 0.03) < 1e-12);
    assert_true(fabs(diff.old_per_op - 0.2) < 1e-12);
    assert_true(fabs(diff.new_per_op - 0.05) < 1e-12);
    pc_diff_fini(&diff);
    after.ops = 0;
    assert_true(pc_diff_make(&diff, &old, &new, PC_TOP_BY_TOTAL, &err));
    assert_true(isnan(diff.new_per_op) && isnan(diff.items[0].new_per_op));
    pc_diff_fini(&diff);
    pc_stacks_fini(&old);
    pc_stacks_fini(&new);
    pc_profile_fini(&before);
    pc_profile_fini(&after);
}

/* The folder does not matter, the file does, unless one profile knows none. */
static void functions_are_the_same_by_name_and_file(void **state)
{
    (void)state;
    static const struct {
        const char *old_files[2], *new_files[2];
        size_t n;
    } rows[] = {
        {{"a.c", "b.c"}, {"/tmp/x/a.c", "sub/b.c"}, 2},
        {{"a.c", "b.c"}, {"a.c", "c.c"}, 3},
        {{"a.c", "b.c"}, {"", ""}, 1},
        {{"", ""}, {"", ""}, 1},
        {{"a.c", "a.c"}, {"a.c", ""}, 2},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_profile profiles[2];
        struct pc_stacks stacks[2];
        for (size_t p = 0; p < 2; p++) {
            pc_profile_init(&profiles[p], PC_PROFILE_ALLOC);
            for (uint32_t k = 0; k < 2; k++) {
                struct pc_frame frame = {.module = PC_NO_MODULE, .address = k};
                frame.function = pc_profile_function(
                    &profiles[p], "f", (p ? rows[i].new_files : rows[i].old_files)[k],
                    (int)k, PC_CODE_KERNEL);
                uint32_t number = pc_profile_frame(&profiles[p], &frame);
                pc_profile_add(&profiles[p], &number, 1, NULL, 0, (int64_t[]){1, 2, 0, 0});
            }
            pc_stacks_init(&stacks[p], &profiles[p], &(struct pc_look){.type = 0});
        }
        struct pc_diff diff;
        struct pc_err err;
        assert_true(pc_diff_make(&diff, &stacks[0], &stacks[1], PC_TOP_BY_TOTAL, &err));
        assert_int_equal(diff.n, rows[i].n);
        int64_t old = 0, new = 0;
        for (size_t k = 0; k < diff.n; k++) {
            old += diff.items[k].old.value;
            new += diff.items[k].new.value;
        }
        assert_int_equal(old, 2);
        assert_int_equal(new, 2);
        pc_diff_fini(&diff);
        for (size_t p = 0; p < 2; p++) {
            pc_stacks_fini(&stacks[p]);
            pc_profile_fini(&profiles[p]);
        }
    }
}

static void what_was_counted_has_changed_when_it_is_not_the_same(void **state)
{
    (void)state;
    static const struct change rows[] = {
        {"join", 9, 1, -1}, {"make", 0, 2, 1}, {"grow", 1, 1, 1}};
    struct pc_profile before, after;
    struct pc_stacks old, new;
    struct pc_diff diff;
    struct pc_err err;
    pc_profile_init(&before, PC_PROFILE_ALLOC);
    pc_profile_init(&after, PC_PROFILE_ALLOC);
    bed_add(&before, "join:1", NULL, 9, 1);
    bed_add(&before, "grow:1", NULL, 1, 1);
    bed_add(&after, "join:1", NULL, 1, 1);
    bed_add(&after, "grow:1", NULL, 1, 1);
    bed_add(&after, "make:1", NULL, 2, 1);
    pc_stacks_init(&old, &before, &(struct pc_look){.type = 0});
    pc_stacks_init(&new, &after, &(struct pc_look){.type = 0});
    assert_true(pc_diff_make(&diff, &old, &new, PC_TOP_BY_SELF, &err));
    expect(&diff, &before, &after, rows, PC_COUNT(rows));
    pc_diff_fini(&diff);
    pc_stacks_fini(&old);
    pc_stacks_fini(&new);
    pc_profile_fini(&before);
    pc_profile_fini(&after);
}

/* Of operations that are known it is what one of them has, whatever the shares are. */
static void of_operations_it_is_the_value_of_one(void **state)
{
    (void)state;
    static const struct {
        int64_t was, is;
        uint64_t ops, now_ops;
        int sign;
    } rows[] = {{1000, 10, 10, 10, -1},
                {1000, 1001, 10, 10, 1},
                {10, 30, 10, 30, 0},
                {INT64_MAX, INT64_MAX, 3, 2, 1},
                {7, 0, 7, 7, -1}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_profile before, after;
        struct pc_stacks old, new;
        struct pc_diff diff;
        struct pc_err err;
        pc_profile_init(&before, PC_PROFILE_ALLOC);
        pc_profile_init(&after, PC_PROFILE_ALLOC);
        before.ops = rows[i].ops;
        after.ops = rows[i].now_ops;
        bed_add(&before, "join:1", NULL, rows[i].was, 0);
        if (rows[i].is > 0)
            bed_add(&after, "join:1", NULL, rows[i].is, 0);
        pc_stacks_init(&old, &before, &(struct pc_look){.type = 0});
        pc_stacks_init(&new, &after, &(struct pc_look){.type = 0});
        assert_true(pc_diff_make(&diff, &old, &new, PC_TOP_BY_SELF, &err));
        assert_true(diff.is_counted);
        assert_int_equal(diff.n, 1);
        assert_int_equal(diff.items[0].sign, rows[i].sign);
        pc_diff_fini(&diff);
        pc_stacks_fini(&old);
        pc_stacks_fini(&new);
        pc_profile_fini(&before);
        pc_profile_fini(&after);
    }
}

static void different_things_are_not_compared(void **state)
{
    (void)state;
    struct pc_profile before, after;
    struct pc_stacks old, new;
    struct pc_diff diff;
    struct pc_err err;
    pc_profile_init(&before, PC_PROFILE_CPU);
    pc_profile_init(&after, PC_PROFILE_ALLOC);
    pc_stacks_init(&old, &before, &(struct pc_look){.type = 1});
    pc_stacks_init(&new, &after, &(struct pc_look){.type = 1});
    assert_false(pc_diff_make(&diff, &old, &new, PC_TOP_BY_SELF, &err));
    assert_int_equal(err.code, PC_USAGE);
    assert_string_equal(err.msg,
                        "the profiles measure different things: the old one cpu in "
                        "nanoseconds, the new one alloc_space in bytes; give two of "
                        "one kind");
    pc_stacks_fini(&old);
    pc_stacks_fini(&new);
    pc_profile_fini(&before);
    pc_profile_fini(&after);
}

/* What does not say its unit may be anything, and nobody knows how sure it is. */
static void estimates_have_no_sign(void **state)
{
    (void)state;
    struct pc_profile before, after;
    struct pc_stacks old, new;
    struct pc_diff diff;
    struct pc_err err;
    pc_profile_init(&before, PC_PROFILE_CPU);
    pc_profile_init(&after, PC_PROFILE_ALLOC);
    *before.types[1].unit = '\0';
    bed_add(&before, "main;f", NULL, 100, 1);
    bed_add(&after, "main;g", NULL, 100, 1);
    pc_stacks_init(&old, &before, &(struct pc_look){.type = 1});
    pc_stacks_init(&new, &after, &(struct pc_look){.type = 1});
    assert_true(pc_diff_make(&diff, &old, &new, PC_TOP_BY_SELF, &err));
    assert_int_equal(diff.n, 3);
    for (size_t i = 0; i < diff.n; i++)
        assert_int_equal(diff.items[i].share.sign, 0);
    assert_true(diff.items[0].share.low == -1 && diff.items[0].share.high == 1);
    pc_diff_fini(&diff);
    pc_stacks_fini(&old);
    pc_stacks_fini(&new);
    pc_profile_fini(&before);
    pc_profile_fini(&after);
}

/* A profile differs from itself in nothing, and the values of all changes are the wholes. */
static void values_add_up_on_both_sides(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 15);
    for (int round = 0; round < 100; round++) {
        struct pc_profile profiles[2];
        struct pc_stacks stacks[2];
        int64_t wholes[2] = {0}, sums[2] = {0};
        for (size_t p = 0; p < 2; p++) {
            bed_random(&profiles[p], PC_PROFILE_CPU, &rng);
            pc_stacks_init(&stacks[p], &profiles[p], &(struct pc_look){.type = 1});
            for (size_t i = 0; i < stacks[p].n; i++)
                wholes[p] += stacks[p].items[i].n > 0 ? stacks[p].items[i].value : 0;
        }
        struct pc_diff diff;
        struct pc_err err;
        assert_true(pc_diff_make(&diff, &stacks[0], &stacks[1], PC_TOP_BY_SELF, &err));
        for (size_t i = 0; i < diff.n; i++) {
            sums[0] += diff.items[i].old.value;
            sums[1] += diff.items[i].new.value;
            assert_true(diff.items[i].share.low <= diff.items[i].share.part);
            assert_true(diff.items[i].share.high >= diff.items[i].share.part);
        }
        assert_int_equal(sums[0], wholes[0]);
        assert_int_equal(sums[1], wholes[1]);
        pc_diff_fini(&diff);
        assert_true(pc_diff_make(&diff, &stacks[0], &stacks[0], PC_TOP_BY_TOTAL, &err));
        for (size_t i = 0; i < diff.n; i++)
            assert_int_equal(diff.items[i].share.sign, 0);
        pc_diff_fini(&diff);
        for (size_t p = 0; p < 2; p++) {
            pc_stacks_fini(&stacks[p]);
            pc_profile_fini(&profiles[p]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interval_is_that_of_the_paper),
        cmocka_unit_test(a_share_has_changed_only_where_chance_cannot_say_so),
        cmocka_unit_test(functions_are_the_same_by_name_and_file),
        cmocka_unit_test(what_was_counted_has_changed_when_it_is_not_the_same),
        cmocka_unit_test(of_operations_it_is_the_value_of_one),
        cmocka_unit_test(different_things_are_not_compared),
        cmocka_unit_test(estimates_have_no_sign),
        cmocka_unit_test(values_add_up_on_both_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
