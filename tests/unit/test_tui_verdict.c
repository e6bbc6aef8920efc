/*
 * A check on the screen: how far it has come, and each kind of verdict, drawn from scenes.
 */
#include <math.h>
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
#include "report_scene.h"
#include "tui/checking_sheet.h"
#include "tui/verdict_sheet.h"

/* What is drawn: a result, running when there is no context. */
struct picture {
    const struct pc_result *result;
    const struct pc_verdict_context *context;
    int top; /* scrolled down by so many rows; below 0: to the end */
};

static void draw(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    const struct picture *picture = ctx;
    struct pc_sheet sheet = {0};
    pc_sheet_begin(&sheet, area.w, pc_canvas_is_ascii(canvas));
    if (picture->context)
        pc_verdict_write(&sheet, picture->result, picture->context);
    else
        pc_checking_write(&sheet, picture->result, 2000, true);
    sheet.top = picture->top < 0 ? sheet.rows : picture->top;
    pc_sheet_show(&sheet, canvas, area);
    pc_sheet_fini(&sheet);
}

/* A goal of the speed-up behind the one that the scene has. */
static void add_speed_goal(struct scene *scene, enum pc_verdict_kind kind)
{
    scene->verdict.goals[scene->verdict.n_goals++] = (struct pc_goal){
        .metric = "speedup",
        .kind = kind,
        .value = scene->speed.ratio,
        .bound = 8,
        .sentence = (char *)"speedup: 6.10x (5.90 to 6.30, 5 restarts), needed 8.00x: "
                            "another 1.31x to find",
    };
    scene->speed.base_ns = 775000;
    scene->speed.candidate_ns = scene->speed.base_ns / scene->speed.ratio;
}

static void feed(struct pc_result *result, struct scene *scene, enum pc_event_kind to)
{
    for (enum pc_event_kind kind = PC_EVENT_BUILDING; kind <= to; kind++) {
        struct pc_event event = scene_event(scene, kind);
        pc_result_add(result, &event, 1700000000000);
    }
}

static void check_verdict(struct scene *scene, const char *name, int top,
                          const struct pc_verdict_context *context)
{
    struct pc_result result = {0};
    feed(&result, scene, PC_EVENT_VERDICT);
    golden_check(name, draw,
                 &(struct picture){.result = &result, .context = context, .top = top});
    pc_result_fini(&result);
}

static void a_pass_shows_the_gain_and_what_comes_next(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene);
    add_speed_goal(&scene, PC_VERDICT_PASS);
    struct pc_result reference = {
        .speed = {.measured = true, .ratio = 24.4, .low = 24, .high = 24.9}};
    struct pc_attempt best = {.ratio = 20, .low = 19, .high = 21};
    struct pc_attempt before = {.ratio = 14.9, .low = 14.1, .high = 15.6};
    const struct pc_verdict_context context = {.best = &best,
                                               .before = &before,
                                               .reference = &reference,
                                               .next = &scene.exercises[1]};
    check_verdict(&scene, "verdict_passed", 0, &context);
    check_verdict(&scene, "verdict_passed_end", -1, &context);
}

static void a_miss_names_the_limit_the_place_and_the_next_step(void **state)
{
    (void)state;
    struct scene scene;
    const struct pc_verdict_context context = {0};
    scene_init(&scene);
    scene_misses_a_limit(&scene);
    scene.speed.ratio = 6.1;
    scene.speed.low = 5.9;
    scene.speed.high = 6.3;
    add_speed_goal(&scene, PC_VERDICT_FAIL);
    check_verdict(&scene, "verdict_missed", 0, &context);
}

static void growth_is_a_row_of_its_own(void **state)
{
    (void)state;
    struct scene scene;
    const struct pc_verdict_context context = {0};
    scene_init(&scene);
    scene_misses_a_limit(&scene);
    scene.growth = (struct pc_growth){.measured = true,
                                      .decision = PC_DECIDED_FAIL,
                                      .exponent = 1.69,
                                      .low = 1.67,
                                      .high = 1.72,
                                      .rounds = 5,
                                      .n = 5};
    scene.verdict.goals[scene.verdict.n_goals++] = (struct pc_goal){.metric = "growth",
                                                                    .kind = PC_VERDICT_FAIL,
                                                                    .value = 1.69,
                                                                    .bound = 1.3,
                                                                    .at_most = true,
                                                                    .sentence = (char *)""};
    check_verdict(&scene, "verdict_growth", 0, &context);
}

static void add_hotspot(struct scene *scene, enum pc_verdict_kind kind, const char *answer,
                        double value, double bound)
{
    struct pc_goal goal = {.metric = "hotspot",
                           .kind = kind,
                           .value = value,
                           .bound = bound,
                           .sentence = (char *)"hotspot: ..."};
    scene->verdict.goals[scene->verdict.n_goals++] = goal;
    scene->hotspot = (struct pc_hotspot){.kind = PC_ANSWER_NAME,
                                         .measured = !isnan(value),
                                         .is_known = !isnan(value),
                                         .rival = {.function = "find_entry", .part = 0.84}};
    snprintf(scene->hotspot.answer, sizeof scene->hotspot.answer, "%s", answer);
}

static void the_hotspot_is_shown_beside_its_rival(void **state)
{
    (void)state;
    static const struct {
        const char *name, *answer;
        double value, bound;
        enum pc_verdict_kind kind;
    } rows[] = {
        {"verdict_hotspot", "parse_line", 9.4, 84.2, PC_VERDICT_FAIL},
        {"verdict_hotspot_right", "find_all", 84.2, 9.4, PC_VERDICT_PASS},
        {"verdict_hotspot_unknown", "find_entri", NAN, NAN, PC_VERDICT_FAIL},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct scene scene;
        const struct pc_verdict_context context = {0};
        scene_init(&scene);
        scene_misses_a_limit(&scene);
        add_hotspot(&scene, rows[i].kind, rows[i].answer, rows[i].value, rows[i].bound);
        check_verdict(&scene, rows[i].name, 0, &context);
    }
}

static void doubt_is_told_apart_from_a_miss(void **state)
{
    (void)state;
    struct scene scene;
    const struct pc_verdict_context context = {0};
    scene_init(&scene);
    add_speed_goal(&scene, PC_VERDICT_UNSURE);
    scene.verdict.code = PC_UNSURE;
    scene.verdict.reason = (char *)"too close to call: speedup";
    check_verdict(&scene, "verdict_unsure", 0, &context);
}

static void what_went_wrong_before_the_limits_is_shown_instead_of_them(void **state)
{
    static const struct {
        const char *name;
        void (*change)(struct scene *scene);
    } rows[] = {
        {"verdict_nobuild", scene_does_not_build},
        {"verdict_wrong", scene_fails_tests},
        {"verdict_crash", scene_crashes},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scene scene;
        const struct pc_verdict_context context = {0};
        scene_init(&scene);
        rows[i].change(&scene);
        check_verdict(&scene, rows[i].name, 0, &context);
    }
}

static void each_step_of_a_check_is_told(void **state)
{
    static const struct {
        const char *name, *words;
        enum pc_event_kind to;
    } rows[] = {
        {"checking_building", "building", PC_EVENT_BUILDING},
        {"checking_testing", "testing", PC_EVENT_BUILT},
        {"checking_counting", "counting", PC_EVENT_TESTED},
        {"checking_timing", "timing", PC_EVENT_TIMING},
        {"checking_growing", "timing", PC_EVENT_GROWING},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scene scene;
        struct pc_result result = {0};
        scene_init(&scene);
        scene.speed.base_ns = 775000;
        scene.speed.candidate_ns = 42000;
        scene.speed.wall_ns = 600000000;
        scene.growth = (struct pc_growth){.exponent = 1.02, .rounds = 3, .n = 5};
        feed(&result, &scene, rows[i].to);
        assert_string_equal(pc_checking_words(&result), rows[i].words);
        golden_check(rows[i].name, draw, &(struct picture){.result = &result});
        pc_result_fini(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pass_shows_the_gain_and_what_comes_next),
        cmocka_unit_test(a_miss_names_the_limit_the_place_and_the_next_step),
        cmocka_unit_test(growth_is_a_row_of_its_own),
        cmocka_unit_test(the_hotspot_is_shown_beside_its_rival),
        cmocka_unit_test(doubt_is_told_apart_from_a_miss),
        cmocka_unit_test(what_went_wrong_before_the_limits_is_shown_instead_of_them),
        cmocka_unit_test(each_step_of_a_check_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
