#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "report/text.h"
#include "report_scene.h"

static const enum pc_event_kind whole_check[] = {
    PC_EVENT_BUILDING, PC_EVENT_BUILT,  PC_EVENT_TESTED, PC_EVENT_COUNTED,
    PC_EVENT_TIMING,   PC_EVENT_TIMING, PC_EVENT_TIMED,  PC_EVENT_VERDICT,
};

/* The report of a whole check; the caller owns it. */
static char *report(struct scene *scene, struct pc_text_style style)
{
    struct pc_text_report text = {.style = style};
    struct pc_str out = {0};
    for (size_t i = 0; i < PC_COUNT(whole_check); i++) {
        struct pc_event event = scene_event(scene, whole_check[i]);
        /* What was not right is not timed. */
        if (whole_check[i] != PC_EVENT_TIMING || event.speed)
            pc_text_event(&text, &event, &out);
    }
    assert_false(text.status);
    return pc_str_take(&out);
}

/* A scene that needs no change. */
static void scene_passes(struct scene *scene)
{
    (void)scene;
}

static void a_pipe_gets_one_line_a_result(void **state)
{
    (void)state;
    static const struct {
        void (*change)(struct scene *scene);
        const char *text;
    } rows[] = {
        {scene_passes, "check 07.1 join_names\n"
                       "build: ok, 0.25 s\n"
                       "tests: 9 of 9 passed, no memory error (ASan, UBSan)\n"
                       "allocs/op: 1, at most 24 allowed: passed\n"
                       "verdict: all limits are met\n"
                       "\n"
                       "What was\n"
                       "learnt.\n"},
        {scene_misses_a_limit,
         "check 07.1 join_names\n"
         "build: ok, 0.25 s\n"
         "tests: 9 of 9 passed, no memory error (ASan, UBSan)\n"
         "allocs/op: 1000, at most 24 allowed: 976 too many\n"
         "verdict: the limit is missed: allocs/op\n"
         "next: begin with allocs/op, at join_names.c:9; when stuck, `perfcourse hint "
         "07.1`\n"},
        {scene_does_not_build, "check 07.1 join_names\n"
                               "build: failed, 4 errors\n"
                               "    join_names.c:9:12: error: expected ';'\n"
                               "        9 |     return 1 +\n"
                               "          |               ^\n"
                               "    join_names.c:10:12: error: expected ';'\n"
                               "       10 |     return 1 +\n"
                               "          |               ^\n"
                               "    join_names.c:11:12: error: expected ';'\n"
                               "       11 |     return 1 +\n"
                               "          |               ^\n"
                               "    and 1 more\n"
                               "verdict: does not build\n"
                               "next: fix the first error\n"},
        {scene_fails_tests, "check 07.1 join_names\n"
                            "build: ok, 0.25 s\n"
                            "tests: 5 of 9 passed\n"
                            "    separators_stand_between (test.c:51)\n"
                            "    expected: \"a, b\"\n"
                            "    got:      \"ab\"\n"
                            "    separators_stand_between (test.c:51)\n"
                            "    expected: \"a, b\"\n"
                            "    got:      \"ab\"\n"
                            "    separators_stand_between (test.c:51)\n"
                            "    expected: \"a, b\"\n"
                            "    got:      \"ab\"\n"
                            "    and 1 more\n"
                            "printed by the kernel:\n"
                            "    1\n"
                            "    2\n"
                            "    3\n"
                            "    4\n"
                            "    5\n"
                            "    ...\n"
                            "seed: for the same inputs again, add --seed 4711\n"
                            "verdict: wrong result\n"
                            "next: look\n"},
        {scene_crashes, "check 07.1 join_names\n"
                        "build: ok, 0.25 s\n"
                        "tests: stopped in an_exact_fit\n"
                        "seed: for the same inputs again, add --seed 4711\n"
                        "verdict: crashed\n"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct scene scene;
        scene_init(&scene);
        rows[i].change(&scene);
        PC_AUTO(pc_auto_free) char *text = report(&scene, (struct pc_text_style){0});
        assert_string_equal(text, rows[i].text);
    }
}

static void a_terminal_sees_what_runs_and_keeps_the_results(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene);
    PC_AUTO(pc_auto_free) char *text =
        report(&scene, (struct pc_text_style){.live = true, .width = 80});
    assert_string_equal(text,
                        "check 07.1 join_names\n"
                        "building ..."
                        "\r\033[Kbuild: ok, 0.25 s\n"
                        "testing ..."
                        "\r\033[Ktests: 9 of 9 passed, no memory error (ASan, UBSan)\n"
                        "counting ..."
                        "\r\033[Ktiming ..."
                        "\r\033[Ktiming ... 18.25x after 5 restarts"
                        "\r\033[Ktiming ... 18.25x after 5 restarts"
                        "\r\033[Kallocs/op: 1, at most 24 allowed: passed\n"
                        "verdict: all limits are met\n"
                        "\n"
                        "What was learnt.\n");
}

static void a_status_line_never_reaches_the_edge(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene);
    struct pc_text_report text = {.style = {.live = true, .width = 14},
                                  .announced = &scene.exercises[0]};
    struct pc_event event = scene_event(&scene, PC_EVENT_TIMING);
    struct pc_str out = {0};
    pc_text_event(&text, &event, &out);
    assert_string_equal(pc_str_get(&out), "timing ... ");
    pc_text_clear(&text, &out);
    assert_string_equal(pc_str_get(&out), "timing ... \r\033[K");
    pc_text_clear(&text, &out);
    assert_string_equal(pc_str_get(&out), "timing ... \r\033[K");
    pc_str_fini(&out);
}

static void long_results_are_broken_below_their_beginning(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene);
    scene_misses_a_limit(&scene);
    PC_AUTO(pc_auto_free) char *text = report(&scene, (struct pc_text_style){.width = 40});
    assert_string_equal(text, "check 07.1 join_names\n"
                              "build: ok, 0.25 s\n"
                              "tests: 9 of 9 passed, no memory error\n"
                              "    (ASan, UBSan)\n"
                              "allocs/op: 1000, at most 24 allowed: 976\n"
                              "    too many\n"
                              "verdict: the limit is missed: allocs/op\n"
                              "next: begin with allocs/op, at\n"
                              "    join_names.c:9; when stuck,\n"
                              "    `perfcourse hint 07.1`\n");
}

static void colours_frame_what_they_are_about(void **state)
{
    (void)state;
    static const struct {
        void (*change)(struct scene *scene);
        const char *tests, *verdict;
    } rows[] = {
        {scene_passes, "tests: \033[32m9 of 9",
         "verdict: \033[32mall limits are met\033[0m"},
        {scene_misses_a_limit, "tests: \033[32m9 of 9", "verdict: \033[31mthe limit"},
        {scene_fails_tests, "tests: \033[31m5 of 9 passed\033[0m\n", "verdict: \033[31m"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct scene scene;
        scene_init(&scene);
        rows[i].change(&scene);
        PC_AUTO(pc_auto_free) char *text =
            report(&scene, (struct pc_text_style){.color = true});
        assert_non_null(strstr(text, rows[i].tests));
        assert_non_null(strstr(text, rows[i].verdict));
    }
}

static void stages_that_end_in_any_order_are_told_in_one(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene);
    struct pc_text_report text = {0};
    struct pc_str out = {0};
    struct pc_event counted = scene_event(&scene, PC_EVENT_COUNTED);
    counted.tests = NULL;
    pc_text_event(&text, &counted, &out);
    assert_string_equal(pc_str_get(&out), "check 07.1 join_names\nbuild: ok, 0.25 s\n");
    struct pc_event tested = scene_event(&scene, PC_EVENT_TESTED);
    pc_text_event(&text, &tested, &out);
    assert_non_null(strstr(pc_str_get(&out), "s\ntests: 9 of 9"));
    pc_str_fini(&out);
}

static void kernels_cannot_act_on_the_terminal(void **state)
{
    (void)state;
    static char evil[] = "\033[2J\033]0;owned\007\rverdict: all limits are met\302\233m";
    struct scene scene;
    scene_init(&scene);
    scene_does_not_build(&scene);
    scene.diagnostics[0].text = evil;
    scene.diagnostics[0].source = evil;
    scene.build.trouble = evil;
    scene.verdict.reason = evil;
    scene.verdict.next = evil;
    PC_AUTO(pc_auto_free) char *first = report(&scene, (struct pc_text_style){0});

    scene_init(&scene);
    scene_fails_tests(&scene);
    scene.failures[0].test = evil;
    scene.failures[0].text = evil;
    scene.tests.output = evil;
    PC_AUTO(pc_auto_free) char *second = report(&scene, (struct pc_text_style){0});
    const char *texts[] = {first, second};
    for (size_t i = 0; i < PC_COUNT(texts); i++) {
        assert_null(strpbrk(texts[i], "\033\r\007"));
        assert_null(strstr(texts[i], "\302\233"));
        assert_null(strstr(texts[i], "\nverdict: all limits"));
        assert_non_null(strstr(texts[i], "owned"));
    }
}

static void a_long_source_line_is_shown_around_its_caret(void **state)
{
    (void)state;
    char source[400];
    memset(source, 'a', sizeof source);
    source[sizeof source - 1] = '\0';
    static const size_t columns[] = {1, 10, 27, 28, 29, 200, 399, 400};
    for (size_t i = 0; i < PC_COUNT(columns); i++) {
        size_t column = columns[i];
        struct scene scene;
        scene_init(&scene);
        scene_does_not_build(&scene);
        memset(source, 'a', sizeof source - 1);
        if (column < sizeof source)
            source[column - 1] = 'X';
        scene.build.n = 1;
        scene.diagnostics[0].source = source;
        scene.diagnostics[0].place.column = (int)column;
        PC_AUTO(pc_auto_free) char *text =
            report(&scene, (struct pc_text_style){.width = 40});
        char *line = strstr(text, "    9 | "), *caret = strstr(text, "      | ");
        assert_true(line && caret);
        assert_true(strcspn(line - 4, "\n") <= 40);
        size_t at = strcspn(strchr(caret, '|'), "^");
        assert_true(strcspn(strchr(caret, '|'), "\n") == at + 1);
        if (column < sizeof source)
            assert_int_equal(strchr(line, '|')[at], 'X');
    }
}

static void columns_behind_wide_text_and_outside_the_line_do_no_harm(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        int column;
        const char *shown;
    } rows[] = {
        {"/* \303\244 */ x", 10, "| /* \303\244 */ x\n          |         ^\n"},
        {"x", 0, "| x\nverdict"},
        {"x", 99, "| x\nverdict"},
        {"", 1, "| \n          | ^\n"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct scene scene;
        scene_init(&scene);
        scene_does_not_build(&scene);
        scene.build.n = 1;
        scene.diagnostics[0].source = (char *)rows[i].source;
        scene.diagnostics[0].place.column = rows[i].column;
        PC_AUTO(pc_auto_free) char *text = report(&scene, (struct pc_text_style){0});
        assert_non_null(strstr(text, rows[i].shown));
    }
}

static void goals_of_wrong_results_are_not_shown(void **state)
{
    (void)state;
    static const enum pc_code codes[] = {PC_WRONG, PC_CRASH, PC_NOBUILD};
    for (size_t i = 0; i < PC_COUNT(codes); i++) {
        struct scene scene;
        scene_init(&scene);
        scene.verdict.code = codes[i];
        PC_AUTO(pc_auto_free) char *text = report(&scene, (struct pc_text_style){0});
        assert_null(strstr(text, "allocs/op"));
        assert_null(strstr(text, "learnt"));
        assert_null(strstr(text, "hint"));
    }
}

static void a_pass_leads_on(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene);
    struct pc_text_report text = {0};
    struct pc_str out = {0};
    pc_text_then(&text, &scene.exercises[1], &out);
    pc_text_total(&text, 2, 3, &out);
    assert_string_equal(pc_str_get(&out),
                        "\nthen: Add up a column, `perfcourse show 07.2`\n"
                        "\ntotal: 2 of 3 exercises passed\n");
    pc_str_fini(&out);
}

static void the_first_check_says_why_it_takes_longer(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene);
    struct pc_text_report text = {.style.live = true};
    struct pc_str out = {0};
    struct pc_event event = scene_event(&scene, PC_EVENT_PROVING);
    pc_text_event(&text, &event, &out);
    assert_string_equal(
        pc_str_get(&out),
        "check 07.1 join_names\n"
        "first: proving this compiler's verdicts with planted faults, once\n"
        "proving ...");
    pc_str_fini(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pipe_gets_one_line_a_result),
        cmocka_unit_test(a_terminal_sees_what_runs_and_keeps_the_results),
        cmocka_unit_test(a_status_line_never_reaches_the_edge),
        cmocka_unit_test(long_results_are_broken_below_their_beginning),
        cmocka_unit_test(colours_frame_what_they_are_about),
        cmocka_unit_test(stages_that_end_in_any_order_are_told_in_one),
        cmocka_unit_test(kernels_cannot_act_on_the_terminal),
        cmocka_unit_test(a_long_source_line_is_shown_around_its_caret),
        cmocka_unit_test(columns_behind_wide_text_and_outside_the_line_do_no_harm),
        cmocka_unit_test(goals_of_wrong_results_are_not_shown),
        cmocka_unit_test(a_pass_leads_on),
        cmocka_unit_test(the_first_check_says_why_it_takes_longer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
