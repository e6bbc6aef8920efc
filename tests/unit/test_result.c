/*
 * What is kept of a check's events.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/result.h"
#include "report_scene.h"

static void feed(struct pc_result *result, struct scene *scene, enum pc_event_kind from,
                 enum pc_event_kind to)
{
    for (enum pc_event_kind kind = from; kind <= to; kind++) {
        struct pc_event event = scene_event(scene, kind);
        pc_result_add(result, &event, 1000 + (int64_t)kind);
    }
}

static void each_event_adds_what_it_tells(void **state)
{
    (void)state;
    struct scene scene;
    struct pc_result r = {0};
    scene_init(&scene);
    feed(&r, &scene, PC_EVENT_BUILDING, PC_EVENT_BUILT);
    assert_true(r.seen.build && !r.seen.tests && !r.seen.verdict);
    feed(&r, &scene, PC_EVENT_TESTED, PC_EVENT_COUNTED);
    assert_int_equal(r.tests.n, 9);
    assert_true(r.seen.counts && !r.seen.speed);
    feed(&r, &scene, PC_EVENT_TIMING, PC_EVENT_TIMING);
    feed(&r, &scene, PC_EVENT_TIMING, PC_EVENT_VERDICT);
    assert_int_equal(r.trail.n, 2);
    assert_string_equal(r.verdict.reason, "all limits are met");
    assert_int_equal(r.when, 1000 + PC_EVENT_VERDICT);
    pc_result_fini(&r);
}

static void the_texts_are_its_own(void **state)
{
    (void)state;
    struct scene scene;
    struct pc_result r = {0};
    scene_init(&scene);
    scene_fails_tests(&scene);
    feed(&r, &scene, PC_EVENT_BUILDING, PC_EVENT_VERDICT);
    memset(&scene.failures, 0, sizeof scene.failures);
    memset(&scene.verdict, 0, sizeof scene.verdict);
    assert_string_equal(r.tests.items[3].test, "separators_stand_between");
    assert_string_equal(r.verdict.next, "look");
    pc_result_fini(&r);
}

static void a_new_check_begins_anew(void **state)
{
    (void)state;
    static const enum pc_event_kind first[] = {PC_EVENT_PROVING, PC_EVENT_BUILDING,
                                               PC_EVENT_BUILT};
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
        struct scene scene;
        struct pc_result r = {0};
        scene_init(&scene);
        feed(&r, &scene, PC_EVENT_BUILDING, PC_EVENT_VERDICT);
        struct pc_event event = scene_event(&scene, first[i]);
        pc_result_add(&r, &event, 0);
        assert_false(r.seen.verdict || r.seen.tests);
        assert_int_equal(r.trail.n, 0);
        assert_null(r.verdict.reason);
        pc_result_fini(&r);
    }
}

static void the_line_to_look_at_is_in_the_learners_file(void **state)
{
    static const struct {
        const char *label;
        void (*change)(struct scene *scene);
        int line;
    } rows[] = {
        {"a pass", NULL, 0},
        {"most allocations", scene_misses_a_limit, 9},
        {"the first error", scene_does_not_build, 9},
        {"a failed test is in another file", scene_fails_tests, 0},
        {"a crash", scene_crashes, 3},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scene scene;
        struct pc_result r = {0};
        scene_init(&scene);
        if (rows[i].change)
            rows[i].change(&scene);
        feed(&r, &scene, PC_EVENT_BUILDING, PC_EVENT_VERDICT);
        if (pc_result_line(&r) != rows[i].line)
            fail_msg("%s: line %d", rows[i].label, pc_result_line(&r));
        pc_result_fini(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_event_adds_what_it_tells),
        cmocka_unit_test(the_texts_are_its_own),
        cmocka_unit_test(a_new_check_begins_anew),
        cmocka_unit_test(the_line_to_look_at_is_in_the_learners_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
