/*
 * What is counted instead of sampled, and what is compared, on the screen of profiles.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "golden.h"
#include "profile_scene.h"
#include "report/alloc_counts.h"
#include "tui/profile_shelf.h"

/* Allocations of 4 operations: objects, and 100 bytes of each; what grow() makes lives on. */
static void make_allocs(struct pc_profile *profile, const struct bed_stack *stacks,
                        size_t n)
{
    pc_profile_init(profile, PC_PROFILE_ALLOC);
    for (size_t i = 0; i < n; i++)
        bed_add(profile, stacks[i].stack, NULL, stacks[i].count, 100);
    profile->ops = 4;
    profile->when = 0;
    profile->source = pc_strdup(scene_source);
    profile->source_name = pc_strdup("sort.c");
}

static const struct bed_stack bed_allocs[] = {
    {"!main;+bench_sort:9;sort:12;cmp:4;.malloc", 4000, NULL},
    {"!main;+bench_sort:9;sort:10;.malloc", 8, NULL},
    {"!main;+bench_fib:20;fib:31;fib:31;fib:30;.calloc", 6, NULL},
};

static void show_allocs(struct pc_profile_picture *picture, struct pc_profile *before)
{
    struct pc_profile profile;
    make_allocs(&profile, bed_allocs, PC_COUNT(bed_allocs));
    *picture = (struct pc_profile_picture){0};
    pc_profile_picture_set(
        picture, &(struct pc_profiled){.profile = &profile, .bench = "sorts", .size = 500},
        before, "07.1");
    pc_profile_fini(&profile);
}

static void what_is_counted_has_values_for_an_operation_and_no_intervals(void **state)
{
    static const char *const names[] = {[PC_TAB_FLAME] = "profile_alloc_flame",
                                        [PC_TAB_TOP] = "profile_alloc_top",
                                        [PC_TAB_SOURCE] = "profile_alloc_source",
                                        [PC_TAB_CALLS] = "profile_alloc_calls",
                                        [PC_TAB_ABOUT] = "profile_alloc_about"};
    (void)state;
    struct pc_profile_picture p;
    show_allocs(&p, NULL);
    for (enum pc_profile_tab tab = PC_TAB_FLAME; tab < PC_TAB_DIFF; tab++)
        golden_check(names[tab], scene_draw, &(struct scene_picture){.p = &p, .tab = tab});
    assert_int_equal(p.type, PC_ALLOC_OBJECTS);
    pc_profile_picture_act(&p, PC_ACT_BY, 0);
    assert_int_equal(p.type, PC_ALLOC_BYTES);
    golden_check("profile_alloc_bytes", scene_draw,
                 &(struct scene_picture){.p = &p, .tab = PC_TAB_TOP});
    pc_profile_picture_act(&p, PC_ACT_BY, 0);
    assert_int_equal(p.type, PC_ALLOC_OBJECTS);
    pc_profile_picture_fini(&p);
}

static void an_earlier_profile_stands_beside_this_one(void **state)
{
    static const struct bed_stack old_sorts[] = {
        {"!main;+bench_sort:9;sort:10", 100, NULL},
        {"!main;+bench_sort:9;sort:12;swap:3", 80, NULL},
        {"!main;+bench_fib:20;fib:31", 70, NULL}};
    static const struct bed_stack old_allocs[] = {
        {"!main;+bench_sort:9;sort:10;.malloc", 8, NULL},
        {"!main;+bench_sort:9;swap:13;.malloc", 80, NULL}};
    (void)state;
    struct pc_profile_picture p = {0};
    struct pc_profile before, now;
    scene_make(&before, old_sorts, PC_COUNT(old_sorts));
    scene_make(&now, bed_sorts, BED_SORTS);
    before.ops = 100;
    now.ops = 200;
    pc_profile_picture_set(&p, &(struct pc_profiled){.profile = &now, .bench = "sorts"},
                           &before, "07.1");
    pc_profile_fini(&now);
    golden_check("profile_diff", scene_draw,
                 &(struct scene_picture){.p = &p, .tab = PC_TAB_DIFF});
    pc_profile_picture_fini(&p);
    make_allocs(&before, old_allocs, PC_COUNT(old_allocs));
    show_allocs(&p, &before);
    golden_check("profile_alloc_diff", scene_draw,
                 &(struct scene_picture){.p = &p, .tab = PC_TAB_DIFF});
    pc_profile_picture_fini(&p);
}

/* The last allocation is gone: what was there before is all that there is to be seen. */
static void nothing_can_be_compared_with_something(void **state)
{
    (void)state;
    struct pc_profile_picture p = {0};
    struct pc_profile before, now;
    make_allocs(&before, bed_allocs, PC_COUNT(bed_allocs));
    make_allocs(&now, NULL, 0);
    pc_profile_picture_set(&p, &(struct pc_profiled){.profile = &now, .bench = "sorts"},
                           &before, "07.1");
    pc_profile_fini(&now);
    assert_int_equal(p.tab, PC_TAB_ABOUT);
    golden_check("profile_alloc_gone", scene_draw,
                 &(struct scene_picture){.p = &p, .tab = PC_TAB_DIFF});
    assert_int_equal(pc_profile_picture_act(&p, PC_ACT_ANSWER, '1'), PC_HANDLED);
    pc_profile_picture_fini(&p);
}

static void what_was_taken_of_the_same_text_is_kept_for_each_kind(void **state)
{
    (void)state;
    struct pc_profile_shelf shelf = {0};
    struct pc_profile cpu, allocs;
    scene_make(&cpu, bed_sorts, BED_SORTS);
    make_allocs(&allocs, bed_allocs, PC_COUNT(bed_allocs));
    const struct pc_profiled timed = {.profile = &cpu, .bench = "sorts", .size = 500};
    const struct pc_profiled counted = {.profile = &allocs, .bench = "sorts", .size = 500};
    struct pc_profile_picture *first =
        pc_profile_shelf_put(&shelf, &timed, NULL, "07.1", NULL);
    pc_profile_picture_open(first, PC_TAB_SOURCE, "fib", "sort.c");
    struct pc_profile_picture *second =
        pc_profile_shelf_put(&shelf, &counted, NULL, "07.1", first);
    assert_int_equal(second->tab, PC_TAB_SOURCE);
    assert_string_equal(second->profile.functions.items[second->function].name, "fib");
    assert_ptr_equal(pc_profile_shelf_find(&shelf, PC_PROFILE_CPU, scene_source, second),
                     first);
    assert_null(pc_profile_shelf_find(&shelf, PC_PROFILE_WALL, scene_source, second));
    assert_null(pc_profile_shelf_find(&shelf, PC_PROFILE_CPU, "another", second));
    golden_check("profile_beside", scene_draw,
                 &(struct scene_picture){.p = first, .tab = PC_TAB_SOURCE});
    /* A profile of another text drops what is not of it. */
    free(allocs.source);
    allocs.source = pc_strdup("another");
    assert_ptr_equal(pc_profile_shelf_put(&shelf, &counted, NULL, "07.1", first), second);
    assert_null(pc_profile_shelf_find(&shelf, PC_PROFILE_CPU, scene_source, second));
    pc_profile_shelf_fini(&shelf);
    pc_profile_fini(&cpu);
    pc_profile_fini(&allocs);
}

/* A line that waited 40 times for 2 ms in all, 4 operations long, for another line. */
static void make_locks(struct pc_profile *profile)
{
    pc_profile_init(profile, PC_PROFILE_LOCK);
    uint32_t bench = pc_profile_function(profile, "bench", "bench.c", 3, PC_CODE_BENCH);
    uint32_t sort = pc_profile_function(profile, "sort", "sort.c", 8, PC_CODE_KERNEL);
    const struct pc_frame frames[] = {
        {.function = sort, .module = PC_NO_MODULE, .line = 12, .address = 2},
        {.function = bench, .module = PC_NO_MODULE, .line = 9, .address = 1}};
    uint32_t stack[] = {pc_profile_frame(profile, &frames[0]),
                        pc_profile_frame(profile, &frames[1])};
    uint32_t labels[] = {pc_profile_label(profile, PC_LABEL_LOCK, "mutex"),
                         pc_profile_label(profile, PC_LABEL_HOLDER, "swap sort.c:13")};
    pc_profile_add(profile, stack, 1, NULL, 0, (int64_t[]){100, 0, 0});
    pc_profile_add(profile, stack, 2, labels, 2, (int64_t[]){0, 40, 2000000});
    profile->period = 1;
    profile->ops = 4;
    profile->threads = 4;
    profile->wall_ns = 10000000;
    profile->source = pc_strdup(scene_source);
    profile->source_name = pc_strdup("sort.c");
}

static void waiting_has_its_times_and_who_was_waited_for(void **state)
{
    (void)state;
    struct pc_profile_picture p = {0};
    struct pc_profile before, now;
    make_locks(&before);
    make_locks(&now);
    before.ops = 2;
    pc_profile_picture_set(
        &p, &(struct pc_profiled){.profile = &now, .bench = "sorts", .size = 500}, &before,
        "07.1");
    pc_profile_fini(&now);
    golden_check("profile_lock_top", scene_draw,
                 &(struct scene_picture){.p = &p, .tab = PC_TAB_TOP});
    golden_check("profile_lock_about", scene_draw,
                 &(struct scene_picture){.p = &p, .tab = PC_TAB_ABOUT});
    golden_check("profile_lock_diff", scene_draw,
                 &(struct scene_picture){.p = &p, .tab = PC_TAB_DIFF});
    pc_profile_picture_fini(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_counted_has_values_for_an_operation_and_no_intervals),
        cmocka_unit_test(an_earlier_profile_stands_beside_this_one),
        cmocka_unit_test(nothing_can_be_compared_with_something),
        cmocka_unit_test(what_was_taken_of_the_same_text_is_kept_for_each_kind),
        cmocka_unit_test(waiting_has_its_times_and_who_was_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
