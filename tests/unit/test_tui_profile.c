/*
 * A profile on the screen: its tabs, its question and its cursor, drawn from profiles by hand.
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
#include "golden.h"
#include "profile_scene.h"
#include "tui/profile_question.h"

static void each_tab_shows_the_profile_in_its_way(void **state)
{
    static const char *const names[] = {
        [PC_TAB_FLAME] = "profile_flame",   [PC_TAB_TOP] = "profile_top",
        [PC_TAB_SOURCE] = "profile_source", [PC_TAB_CALLS] = "profile_calls",
        [PC_TAB_ABOUT] = "profile_about",   [PC_TAB_DIFF] = "profile_diff_none"};
    (void)state;
    struct pc_profile_picture p;
    scene_sorts(&p);
    p.guess = pc_strdup("Not sort: it is cmp.");
    for (enum pc_profile_tab tab = PC_TAB_FLAME; tab < PC_PROFILE_TABS; tab++)
        golden_check(names[tab], scene_draw, &(struct scene_picture){.p = &p, .tab = tab});
    pc_profile_picture_fini(&p);
}

/* The key of the arrows is the direction on the screen. */
static void a_flame_graph_upside_down_is_walked_as_it_stands(void **state)
{
    static const enum pc_action flipped[] = {PC_ACT_FLIP, PC_ACT_FIRST, PC_ACT_UP,
                                             PC_ACT_UP, PC_ACT_NONE};
    (void)state;
    struct pc_profile_picture p;
    scene_sorts(&p);
    golden_check("profile_flipped", scene_draw,
                 &(struct scene_picture){.p = &p, .tab = PC_TAB_FLAME, .acts = flipped});
    pc_profile_picture_fini(&p);
}

static void a_zoomed_box_takes_the_whole_width_and_matches_have_a_star(void **state)
{
    static const enum pc_action up_and_in[] = {PC_ACT_UP, PC_ACT_OPEN, PC_ACT_DOWN,
                                               PC_ACT_NONE};
    (void)state;
    struct pc_profile_picture p;
    scene_sorts(&p);
    golden_check("profile_zoomed", scene_draw,
                 &(struct scene_picture){.p = &p, .tab = PC_TAB_FLAME, .acts = up_and_in});
    golden_check("profile_found", scene_draw,
                 &(struct scene_picture){.p = &p, .tab = PC_TAB_FLAME, .words = "fib"});
    pc_profile_picture_fini(&p);
}

static void what_is_wrong_with_a_profile_is_said_before_its_numbers(void **state)
{
    static const struct bed_stack few[] = {{"!main;+bench;sort:12", 7, NULL},
                                           {"!main;+bench;sort:12;cmp:4", 5, NULL}};
    static const struct {
        const char *name;
        struct pc_profiled found;
        size_t n; /* stacks */
    } rows[] = {
        {"profile_few", {0}, 2},
        {"profile_hang",
         {.crash = {.ending = PC_ENDING_TIME, .place = {.file = "sort.c", .line = 12}}},
         2},
        {"profile_blocked", {.deaf = PC_BLOCKS_SIGNAL}, 0},
    };
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_profile_picture p;
        scene_show(&p, &rows[i].found, few, rows[i].n);
        golden_check(rows[i].name, scene_draw,
                     &(struct scene_picture){.p = &p, .tab = PC_TAB_FLAME});
        pc_profile_picture_fini(&p);
    }
}

static void recursion_is_one_box(void **state)
{
    (void)state;
    struct pc_profile_picture p;
    scene_sorts(&p);
    struct pc_str name = {0};
    pc_flame_choose(&p.flame, bed_function(&p.profile, "fib"));
    pc_tree_name(&p.tree, p.flame.cursor, &name);
    assert_string_equal(pc_str_get(&name), "fib (x3)");
    pc_str_fini(&name);
    pc_profile_picture_fini(&p);
}

/* Random actions at random sizes, among them screens of nothing. */
static void nothing_that_is_pressed_leaves_the_profile(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 7);
    for (int round = 0; round < 40; round++) {
        struct pc_profile profile;
        struct pc_profile before;
        struct pc_profile_picture p = {0};
        enum pc_profile_kind kind = (enum pc_profile_kind)(round % 4);
        bed_random(&profile, kind, &rng);
        bed_random(&before, kind, &rng);
        free(before.source);
        before.source = pc_strdup(scene_source);
        pc_profile_picture_set(&p, &(struct pc_profiled){.profile = &profile, .bench = "b"},
                               &before, "07.1");
        pc_profile_fini(&profile);
        for (int k = 0; k < 60; k++) {
            struct pc_canvas *canvas =
                pc_canvas_create(1 + (int)pc_rng_below(&rng, 130),
                                 1 + (int)pc_rng_below(&rng, 45), pc_rng_below(&rng, 2));
            struct pc_area area = pc_canvas_area(canvas);
            enum pc_action action = (enum pc_action)pc_rng_below(&rng, PC_ACTIONS);
            pc_profile_picture_settle(&p, area, pc_canvas_is_ascii(canvas));
            pc_profile_picture_act(&p, action, '1' + (int)pc_rng_below(&rng, 8));
            if (pc_rng_below(&rng, 8) == 0)
                pc_profile_picture_find(&p, "o", pc_rng_below(&rng, 2));
            pc_profile_picture_click(&p, (int)pc_rng_below(&rng, 130),
                                     (int)pc_rng_below(&rng, 45));
            pc_profile_picture_draw(&p, canvas, area);
            assert_true(p.function == PC_NO_FUNCTION || p.function < p.profile.functions.n);
            assert_true(p.flame.cursor < p.tree.n && p.flame.focus < p.tree.n);
            pc_canvas_free(canvas);
        }
        pc_profile_picture_fini(&p);
    }
}

static void draw_question(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    pc_profile_question_draw(ctx, canvas, area);
}

static void ask(struct pc_profile_question *question, struct pc_profile *profile,
                struct pc_stacks *stacks)
{
    struct pc_top top;
    pc_stacks_init(stacks, profile,
                   &(struct pc_look){
                       .type = profile->main, .hides_host = true, .folds_libraries = true});
    pc_top_make(&top, stacks, PC_TOP_BY_SELF);
    pc_profile_question_make(question, &top, profile, "takes most time");
    pc_top_fini(&top);
}

static void a_question_names_functions_and_all_that_tie_are_right(void **state)
{
    static const struct {
        const char *chosen, *says;
    } rows[] = {{"cmp", "Right: it is cmp."},
                {"fib", "Not fib: it is cmp."},
                {"sort", "Not sort: it is cmp."}};
    static const struct bed_stack even[] = {{"!main;+bench;a:1", 100, NULL},
                                            {"!main;+bench;b:2", 101, NULL},
                                            {"!main;+bench;c:3", 2, NULL}};
    (void)state;
    struct pc_profile profile;
    struct pc_profile_question question;
    struct pc_stacks stacks;
    scene_make(&profile, bed_sorts, BED_SORTS);
    ask(&question, &profile, &stacks);
    assert_int_equal(question.n, PC_COUNT(rows));
    golden_check("profile_question", draw_question, &question);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str text = {0};
        pc_profile_question_score(&question, i, &text);
        assert_string_equal(profile.functions.items[question.choices[i].function].name,
                            rows[i].chosen);
        assert_string_equal(pc_str_get(&text), rows[i].says);
        pc_str_fini(&text);
    }
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
    scene_make(&profile, even, PC_COUNT(even));
    ask(&question, &profile, &stacks);
    assert_int_equal(question.n, 3);
    assert_true(question.choices[0].is_right && question.choices[1].is_right);
    assert_false(question.choices[2].is_right);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

static void nothing_is_asked_that_the_profile_cannot_answer(void **state)
{
    static const struct bed_stack few[] = {{"!main;+bench;a:1", 3, NULL},
                                           {"!main;+bench;b:2", 20, NULL}};
    static const struct bed_stack one[] = {{"!main;+bench;a:1", 300, NULL}};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct pc_profile profile;
        struct pc_profile_question question;
        struct pc_stacks stacks;
        scene_make(&profile, i == 0 ? few : one, i == 0 ? 2 : 1);
        ask(&question, &profile, &stacks);
        assert_int_equal(question.n, 0);
        pc_stacks_fini(&stacks);
        pc_profile_fini(&profile);
    }
}

static void a_copy_says_the_same(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 3);
    for (int round = 0; round < 20; round++) {
        struct pc_profile profile, copy;
        bed_random(&profile, (enum pc_profile_kind)(round % 4), &rng);
        pc_profile_copy(&copy, &profile);
        PC_AUTO(pc_auto_free) char *before = bed_dump(&profile);
        pc_profile_fini(&profile);
        PC_AUTO(pc_auto_free) char *after = bed_dump(&copy);
        assert_string_equal(after, before);
        pc_profile_fini(&copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_tab_shows_the_profile_in_its_way),
        cmocka_unit_test(a_flame_graph_upside_down_is_walked_as_it_stands),
        cmocka_unit_test(a_zoomed_box_takes_the_whole_width_and_matches_have_a_star),
        cmocka_unit_test(what_is_wrong_with_a_profile_is_said_before_its_numbers),
        cmocka_unit_test(recursion_is_one_box),
        cmocka_unit_test(nothing_that_is_pressed_leaves_the_profile),
        cmocka_unit_test(a_question_names_functions_and_all_that_tie_are_right),
        cmocka_unit_test(nothing_is_asked_that_the_profile_cannot_answer),
        cmocka_unit_test(a_copy_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
