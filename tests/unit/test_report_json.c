#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/mem.h"
#include "report/json.h"
#include "report_scene.h"

/* The document of one check of this scene, read back. */
static json_t *document(struct scene *scene)
{
    struct pc_json_report *report = pc_json_create();
    for (int kind = PC_EVENT_PROVING; kind <= PC_EVENT_VERDICT; kind++) {
        struct pc_event event = scene_event(scene, (enum pc_event_kind)kind);
        pc_json_event(report, &event);
    }
    PC_AUTO(pc_auto_free) char *text = pc_json_finish(report, scene->verdict.code);
    size_t n = strlen(text);
    assert_true(n > 1 && text[n - 1] == '\n' && text[n - 2] == '}');
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    return root;
}

/* A value by its path, "tests/crash/signal"; a number is the place in an array.  Names with
 * a slash of their own, "allocs/op", have it written as '|'. */
static json_t *at(json_t *root, const char *path)
{
    PC_AUTO(pc_auto_free) char *copy = pc_strdup(path);
    char *rest = NULL;
    json_t *value = json_array_get(json_object_get(root, "checks"), 0);
    for (char *name = strtok_r(copy, "/", &rest); name; name = strtok_r(NULL, "/", &rest)) {
        for (char *p = name; *p; p++)
            *p = *p == '|' ? '/' : *p;
        value = json_is_array(value) ? json_array_get(value, strtoul(name, NULL, 10))
                                     : json_object_get(value, name);
    }
    if (!value)
        fail_msg("there is no %s", path);
    return value;
}

static void scene_passes(struct scene *scene)
{
    (void)scene;
}

/* Each row: one field of one scene; the value as JSON writes it. */
static void every_result_is_a_field(void **state)
{
    (void)state;
    static const struct {
        void (*change)(struct scene *scene);
        const char *path, *value;
    } rows[] = {
        {scene_passes, "id", "\"07.1\""},
        {scene_passes, "name", "\"join_names\""},
        {scene_passes, "kernel", "\"/home/ada/join_names.c\""},
        {scene_passes, "content", "\"0123456789abcdef0123456789abcdef\""},
        /* A seed has 64 bits, more than a number of JSON holds everywhere. */
        {scene_passes, "seed", "\"18446744073709551615\""},
        {scene_passes, "seconds", "1.5"},
        {scene_passes, "build/built", "true"},
        {scene_passes, "build/messages", "[]"},
        {scene_passes, "build/trouble", "null"},
        {scene_passes, "tests/tests", "9"},
        {scene_passes, "tests/failed", "0"},
        {scene_passes, "tests/crash", "null"},
        {scene_passes, "counts/metrics/allocs|op/max", "1.0"},
        {scene_passes, "counts/sites", "[]"},
        {scene_passes, "speed/decision", "\"pass\""},
        {scene_passes, "speed/ratio", "18.25"},
        {scene_passes, "speed/restarts", "5"},
        {scene_passes, "verdict/code", "0"},
        {scene_passes, "verdict/goals/0/metric", "\"allocs/op\""},
        {scene_passes, "verdict/goals/0/result", "\"pass\""},
        {scene_passes, "verdict/goals/0/gold", "true"},
        {scene_passes, "verdict/goals/0/bound-is", "\"max\""},
        {scene_passes, "verdict/next", "null"},
        {scene_misses_a_limit, "verdict/code", "1"},
        {scene_misses_a_limit, "verdict/goals/0/result", "\"fail\""},
        {scene_misses_a_limit, "verdict/goals/0/value", "1000.0"},
        {scene_misses_a_limit, "counts/sites/0/place/line", "9"},
        {scene_misses_a_limit, "counts/sites/0/place/function", "\"append\""},
        {scene_misses_a_limit, "counts/sites/0/allocs|op", "1000.0"},
        /* JSON has no word for what is not a number. */
        {scene_misses_a_limit, "counts/sites/0/B|op", "null"},
        {scene_does_not_build, "build/built", "false"},
        {scene_does_not_build, "build/messages/0/kind", "\"error\""},
        {scene_does_not_build, "build/messages/4/kind", "\"warning\""},
        {scene_does_not_build, "build/messages/0/place/column", "12"},
        {scene_does_not_build, "build/messages/0/source", "\"\\treturn 1 +\""},
        {scene_does_not_build, "tests", "null"},
        {scene_does_not_build, "counts", "null"},
        {scene_does_not_build, "speed", "null"},
        {scene_does_not_build, "verdict/code", "3"},
        {scene_fails_tests, "tests/failed", "4"},
        {scene_fails_tests, "tests/failures/3/place/file", "\"test.c\""},
        {scene_fails_tests, "tests/output", "\"1\\n2\\n3\\n4\\n5\\n6\\n\""},
        {scene_crashes, "tests/crash/ending", "\"crash\""},
        {scene_crashes, "tests/crash/signal", "11"},
        {scene_crashes, "tests/crash/during", "\"an_exact_fit\""},
        {scene_crashes, "tests/crash/place/line", "3"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct scene scene;
        scene_init(&scene);
        rows[i].change(&scene);
        json_t *root = document(&scene);
        PC_AUTO(pc_auto_free) char *value =
            json_dumps(at(root, rows[i].path), JSON_ENCODE_ANY);
        assert_string_equal(value, rows[i].value);
        assert_int_equal(json_integer_value(json_object_get(root, "code")),
                         scene.verdict.code);
        json_decref(root);
    }
}

static void any_bytes_become_valid_json(void **state)
{
    (void)state;
    static char evil[] = "\033[2J \377\376 \"quoted\\ \302\233 \001";
    struct scene scene;
    scene_init(&scene);
    scene_fails_tests(&scene);
    scene.failures[0].text = evil;
    scene.failures[0].test = evil;
    scene.tests.output = evil;
    scene.verdict.reason = evil;
    json_t *root = document(&scene);
    assert_string_equal(json_string_value(at(root, "verdict/reason")),
                        "?[2J ?? \"quoted\\ ? ?");
    assert_string_equal(json_string_value(at(root, "tests/failures/0/test")),
                        "?[2J ?? \"quoted\\ ? ?");
    json_decref(root);
}

static void a_check_that_cannot_begin_is_an_element_too(void **state)
{
    (void)state;
    struct scene scene;
    struct pc_err err;
    scene_init(&scene);
    pc_fail(&err, PC_USAGE, "/nowhere.c: No such file or directory");
    struct pc_json_report *report = pc_json_create();
    pc_json_trouble(report, &scene.exercises[1], &err);
    PC_AUTO(pc_auto_free) char *text = pc_json_finish(report, PC_USAGE);
    json_t *root = json_loads(text, 0, NULL);
    assert_string_equal(json_string_value(at(root, "id")), "07.2");
    assert_int_equal(json_integer_value(at(root, "verdict/code")), PC_USAGE);
    assert_string_equal(json_string_value(at(root, "verdict/reason")), err.msg);
    json_decref(root);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_result_is_a_field),
        cmocka_unit_test(any_bytes_become_valid_json),
        cmocka_unit_test(a_check_that_cannot_begin_is_an_element_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
