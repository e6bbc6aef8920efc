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
#include "tui/stack.h"

/* A view that writes down what it is told and answers as it is told to. */
struct probe {
    struct pc_view view;
    const char *name;
    struct pc_str *log;
    enum pc_reaction answer;
    enum pc_action refuses;
    bool changes;
};

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct probe *probe = (const struct probe *)view;
    (void)canvas;
    pc_str_addf(probe->log, "%s.draw ", probe->name);
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct probe *probe = (struct probe *)view;
    pc_str_addf(probe->log, "%s.act%d/%d ", probe->name, action, key);
    return probe->answer;
}

static enum pc_reaction event(struct pc_view *view, const struct pc_event *what)
{
    struct probe *probe = (struct probe *)view;
    (void)what;
    pc_str_addf(probe->log, "%s.event ", probe->name);
    return probe->changes ? PC_REDRAW : PC_HANDLED;
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    return action != ((const struct probe *)view)->refuses;
}

static enum pc_reaction click(struct pc_view *view, int x, int y)
{
    struct probe *probe = (struct probe *)view;
    pc_str_addf(probe->log, "%s.click%d,%d ", probe->name, x, y);
    return PC_REDRAW;
}

static void resize(struct pc_view *view)
{
    struct probe *probe = (struct probe *)view;
    pc_str_addf(probe->log, "%s.%dx%d ", probe->name, view->area.w, view->area.h);
}

static void uncover(struct pc_view *view)
{
    struct probe *probe = (struct probe *)view;
    pc_str_addf(probe->log, "%s.uncover ", probe->name);
}

static void drop(struct pc_view *view)
{
    struct probe *probe = (struct probe *)view;
    pc_str_addf(probe->log, "%s.free ", probe->name);
    free(probe);
}

static const struct pc_view_ops opaque = {
    .name = "probe",
    .screen = PC_SCREEN_EXERCISE,
    .draw = draw,
    .act = act,
    .event = event,
    .can = can,
    .click = click,
    .resize = resize,
    .uncover = uncover,
    .free = drop,
};

static const struct pc_view_ops overlay = {
    .name = "overlay",
    .screen = PC_SCREEN_HELP,
    .is_overlay = true,
    .draw = draw,
    .act = act,
    .free = drop,
};

static struct probe *probe(const struct pc_view_ops *ops, const char *name,
                           struct pc_str *log)
{
    struct probe *p = pc_alloc(sizeof *p);
    *p = (struct probe){.view.ops = ops, .name = name, .log = log, .answer = PC_HANDLED};
    return p;
}

struct scene {
    struct pc_stack *stack;
    struct pc_str log;
    struct probe *below, *top;
};

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    scene->stack = pc_stack_create(80, 24);
    scene->below = probe(&opaque, "below", &scene->log);
    scene->top = probe(&opaque, "top", &scene->log);
    pc_stack_push(scene->stack, &scene->below->view);
    pc_stack_push(scene->stack, &scene->top->view);
    pc_str_fini(&scene->log);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    pc_stack_free(scene->stack);
    pc_str_fini(&scene->log);
    free(scene);
    return 0;
}

static enum pc_reaction press(struct scene *scene, int key, enum pc_action *action)
{
    struct pc_typed typed = {.kind = PC_TYPED_KEY, .key = key};
    return pc_stack_type(scene->stack, &typed, false, action);
}

static void assert_log(struct scene *scene, const char *expected)
{
    assert_string_equal(pc_str_get(&scene->log), expected);
    pc_str_fini(&scene->log);
}

static void a_key_reaches_the_top_view_as_an_action(void **state)
{
    struct scene *scene = *state;
    enum pc_action action;
    char expected[64];
    assert_int_equal(press(scene, 'c', &action), PC_HANDLED);
    snprintf(expected, sizeof expected, "top.act%d/%d ", PC_ACT_CHECK, 'c');
    assert_log(scene, expected);
    scene->top->answer = PC_IGNORED;
    assert_int_equal(press(scene, '?', &action), PC_IGNORED);
    assert_int_equal(action, PC_ACT_HELP);
}

static void keys_without_a_meaning_and_refused_ones_do_nothing(void **state)
{
    struct scene *scene = *state;
    enum pc_action action;
    assert_int_equal(press(scene, 'Z', &action), PC_HANDLED);
    scene->top->refuses = PC_ACT_COMPARE;
    assert_int_equal(press(scene, 's', &action), PC_HANDLED);
    assert_log(scene, "");
}

static void closing_frees_the_view_and_tells_the_one_below(void **state)
{
    struct scene *scene = *state;
    enum pc_action action;
    scene->top->answer = PC_CLOSE;
    assert_int_equal(press(scene, 'q', &action), PC_REDRAW);
    assert_non_null(strstr(pc_str_get(&scene->log), "top.free below.uncover "));
    assert_ptr_equal(pc_stack_top(scene->stack), &scene->below->view);
}

static void a_view_can_open_and_replace(void **state)
{
    struct scene *scene = *state;
    enum pc_action action;
    scene->top->answer = PC_OPEN;
    scene->top->view.opens = &probe(&opaque, "third", &scene->log)->view;
    assert_int_equal(press(scene, 'c', &action), PC_REDRAW);
    struct probe *third = (struct probe *)pc_stack_top(scene->stack);
    assert_string_equal(third->name, "third");
    assert_ptr_equal(pc_stack_below(scene->stack, &third->view), &scene->top->view);
    third->answer = PC_REPLACE;
    third->view.opens = &probe(&opaque, "fourth", &scene->log)->view;
    press(scene, 'c', &action);
    struct probe *fourth = (struct probe *)pc_stack_top(scene->stack);
    assert_string_equal(fourth->name, "fourth");
    assert_ptr_equal(pc_stack_below(scene->stack, &fourth->view), &scene->top->view);
    pc_str_fini(&scene->log);
    pc_stack_free(scene->stack);
    assert_log(scene, "fourth.free top.free below.free ");
    scene->stack = NULL;
}

static void a_palette_passes_an_action_to_the_view_below(void **state)
{
    struct scene *scene = *state;
    enum pc_action action;
    char expected[64];
    struct probe *palette = probe(&overlay, "palette", &scene->log);
    palette->answer = PC_PASS;
    palette->view.passes = PC_ACT_CHECK;
    pc_stack_push(scene->stack, &palette->view);
    assert_int_equal(press(scene, PC_KEY_ENTER, &action), PC_REDRAW);
    snprintf(expected, sizeof expected,
             "palette.act%d/13 palette.free top.uncover top.act%d/0 ", PC_ACT_OPEN,
             PC_ACT_CHECK);
    assert_log(scene, expected);
    assert_int_equal(action, PC_ACT_CHECK);
}

static void an_overlay_leaves_what_is_below_visible(void **state)
{
    struct scene *scene = *state;
    struct pc_canvas *canvas = pc_canvas_create(80, 24, false);
    pc_stack_push(scene->stack, &probe(&overlay, "over", &scene->log)->view);
    pc_stack_draw(scene->stack, canvas);
    assert_log(scene, "top.draw over.draw ");
    assert_ptr_equal(pc_stack_base(scene->stack), &scene->top->view);
    pc_canvas_free(canvas);
}

static void events_reach_all_but_only_visible_changes_count(void **state)
{
    struct scene *scene = *state;
    scene->below->changes = true;
    assert_false(pc_stack_event(scene->stack, NULL));
    assert_log(scene, "below.event top.event ");
    scene->top->changes = true;
    assert_true(pc_stack_event(scene->stack, NULL));
}

static void a_new_size_reaches_all(void **state)
{
    struct scene *scene = *state;
    pc_stack_resize(scene->stack, 40, 10);
    assert_log(scene, "below.40x10 top.40x10 ");
}

static void a_click_on_the_footer_is_the_key_that_stands_there(void **state)
{
    struct scene *scene = *state;
    enum pc_action action;
    char expected[64];
    struct pc_typed typed = {.kind = PC_TYPED_CLICK, .x = 2, .y = 23};
    pc_stack_type(scene->stack, &typed, false, &action);
    snprintf(expected, sizeof expected, "top.act%d/13 ", PC_ACT_OPEN);
    assert_log(scene, expected);
    typed = (struct pc_typed){.kind = PC_TYPED_CLICK, .x = 2, .y = 5};
    assert_int_equal(pc_stack_type(scene->stack, &typed, false, &action), PC_REDRAW);
    assert_log(scene, "top.click2,5 ");
}

static void the_wheel_is_three_lines_and_pastes_are_not_keys(void **state)
{
    struct scene *scene = *state;
    enum pc_action action;
    char expected[100];
    struct pc_typed wheel = {.kind = PC_TYPED_WHEEL, .key = PC_KEY_DOWN};
    pc_stack_type(scene->stack, &wheel, false, &action);
    snprintf(expected, sizeof expected, "top.act%d/%d top.act%d/%d top.act%d/%d ",
             PC_ACT_DOWN, PC_KEY_DOWN, PC_ACT_DOWN, PC_KEY_DOWN, PC_ACT_DOWN, PC_KEY_DOWN);
    assert_log(scene, expected);
    struct pc_typed paste = {.kind = PC_TYPED_PASTE, .text = "qqq:rm\n", .n = 7};
    assert_int_equal(pc_stack_type(scene->stack, &paste, false, &action), PC_HANDLED);
    assert_log(scene, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_key_reaches_the_top_view_as_an_action),
        TEST(keys_without_a_meaning_and_refused_ones_do_nothing),
        TEST(closing_frees_the_view_and_tells_the_one_below),
        TEST(a_view_can_open_and_replace),
        TEST(a_palette_passes_an_action_to_the_view_below),
        TEST(an_overlay_leaves_what_is_below_visible),
        TEST(events_reach_all_but_only_visible_changes_count),
        TEST(a_new_size_reaches_all),
        TEST(a_click_on_the_footer_is_the_key_that_stands_there),
        TEST(the_wheel_is_three_lines_and_pastes_are_not_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
