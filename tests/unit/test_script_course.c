#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "script/lesson.h"

/* A course of one topic with the exercise join in a temporary folder. */
struct place {
    char dir[32];
};

static void put(const struct place *place, const char *name, const char *text)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(place->dir, name);
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    assert_true(pc_mkdirs(folder, NULL));
    assert_true(pc_file_write_cache(path, text, strlen(text), NULL));
}

static void drop(const struct place *place, const char *name)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(place->dir, name);
    assert_true(pc_file_remove_tree(path, NULL));
}

#define EXERCISE(name) \
    "{ name = '" name "',\n title = 'T', level = 'core',\n story = 'S', hints = { 'H' } }"
#define LESSON(exercises) \
    "return { title = 'Strings',\n exercises = {\n" exercises "\n} }\n"

/* The files of an exercise; "*" stands for its name. */
static const struct {
    const char *tree, *file, *ending;
} files[] = {
    {"exercises", "*", ".h"},     {"exercises", "*", ".c"}, {"exercises", "bench", ".c"},
    {"checks", "limits", ".lua"}, {"checks", "test", ".c"}, {"checks", "reference", ".c"},
};

static char *file_of(size_t i, const char *topic, const char *name)
{
    const char *file = strcmp(files[i].file, "*") == 0 ? name : files[i].file;
    return pc_strfmt("%s/%s/%s/%s%s", files[i].tree, topic, name, file, files[i].ending);
}

static void put_exercise(const struct place *place, const char *topic, const char *name)
{
    for (size_t i = 0; i < PC_COUNT(files); i++) {
        PC_AUTO(pc_auto_free) char *path = file_of(i, topic, name);
        put(place, path, "");
    }
}

static int make_place(void **state)
{
    struct place *place = pc_alloc(sizeof *place);
    strcpy(place->dir, "/tmp/pc-course-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    put_exercise(place, "07_strings", "join");
    put(place, "lessons/07_strings/lesson.lua", LESSON(EXERCISE("join")));
    *state = place;
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    assert_true(pc_file_remove_tree(place->dir, NULL));
    free(place);
    return 0;
}

static void a_course_is_read_in_order(void **state)
{
    struct place *place = *state;
    put_exercise(place, "07_strings", "csv");
    put_exercise(place, "02_bench", "loop");
    put(place, "lessons/README.md", "not a topic");
    put(place, "lessons/02_bench/lesson.lua", LESSON(EXERCISE("loop")));
    put(place, "lessons/07_strings/lesson.lua",
        "return { title = '  Strings ', exercises = {\n" EXERCISE(
            "join") ",\n"
                    "{ name = 'csv', title = 'CSV', level = 'stretch', story = "
                    "[[\nOne.\n\nTwo.\n]],\n"
                    "hints = { 'a', 'b' }, afterword = 'Done.' } } }");
    struct pc_course course;
    struct pc_err err;
    char **broken;
    assert_true(pc_course_load(place->dir, &course, &broken, &err));
    assert_null(broken[0]);
    free(broken);
    assert_int_equal(course.n_topics, 2);
    assert_int_equal(course.topics[0].number, 2);
    const struct pc_topic *topic = &course.topics[1];
    assert_string_equal(topic->folder, "07_strings");
    assert_string_equal(topic->title, "Strings");
    assert_int_equal(topic->n_exercises, 2);
    const struct pc_exercise *join = &topic->exercises[0], *csv = &topic->exercises[1];
    assert_string_equal(join->name, "join");
    assert_null(join->afterword);
    assert_int_equal(join->level, PC_CORE);
    char id[16];
    assert_string_equal(pc_exercise_id(csv, id), "07.2");
    assert_string_equal(csv->story, "One.\n\nTwo.");
    assert_string_equal(csv->hints[1], "b");
    assert_int_equal(csv->n_hints, 2);
    assert_string_equal(csv->afterword, "Done.");
    assert_int_equal(csv->level, PC_STRETCH);
    assert_ptr_equal(csv->topic, topic);
    pc_course_fini(&course);
}

static void a_broken_lesson_is_named_with_line_and_field(void **state)
{
    static const struct {
        const char *source, *message;
    } rows[] = {
        {"return {\n title = }", "07 lesson.lua:2: unexpected symbol near '}'"},
        {"return {}", "07 lesson.lua:1: title is missing"},
        {"return { title = 'x' }", "07 lesson.lua:1: exercises is missing"},
        {"return {\n titel = 'x' }",
         "07 lesson.lua:2: unknown key \"titel\"; did you mean title?"},
        {"return { title = 'x',\n whatever = 1 }",
         "07 lesson.lua:2: unknown key \"whatever\"; known are title, exercises, pages, "
         "experiments, cards, essence"},
        {"return { 'x' }", "07 lesson.lua:1: item 1 has no key"},
        {"return { title = 7, exercises = {} }",
         "07 lesson.lua:1: title must be a string, got a number"},
        {"return { title = ' \\n', exercises = {} }",
         "07 lesson.lua:1: title must not be empty"},
        {"return { title = 'a\\nb', exercises = {} }",
         "07 lesson.lua:1: title must be one line"},
        {"return { title = 'a\\27b', exercises = {} }",
         "07 lesson.lua:1: title must not hold control characters (byte 27)"},
        {"return { title = '\\xff', exercises = {} }",
         "07 lesson.lua:1: title must be UTF-8"},
        {"return { title = 'x',\n exercises = {} }",
         "07 lesson.lua:2: exercises must have at least 1 item, got 0"},
        {"return { title = 'x',\n exercises = { a = 1 } }",
         "07 lesson.lua:2: exercises must be a list, but has the key \"a\""},
        {"return { title = 'x',\n exercises = { {},\n nil, {} } }",
         "07 lesson.lua:3: exercises[2] is missing"},
        {"return { title = 'x',\n exercises = { {},\n 3 } }",
         "07 lesson.lua:3: exercises[2] must be a table, got a number"},
        {LESSON(EXERCISE("join") ", " EXERCISE("2x")),
         "07 lesson.lua:5: exercises[2].name must be a C identifier, got \"2x\""},
        {LESSON(EXERCISE("join") ",\n" EXERCISE("join")),
         "07 lesson.lua:6: exercises[2].name: 07.1 is called join already"},
        {LESSON(EXERCISE("csv")),
         "07 lesson.lua:3: csv needs the file exercises/07_strings/csv/csv.h"},
        {LESSON("{ name = 'join', title = 'x',\n level = 'easy', story = 'x',"
                " hints = { 'x' } }"),
         "07 lesson.lua:4: exercises[1].level must be warm-up, core or stretch, got "
         "\"easy\""},
        {LESSON("{ name = 'join', title = 'x', level = 'core', story = 'x',\n"
                "hints = { 'a',\n { } } }"),
         "07 lesson.lua:5: exercises[1].hints[2] must be a string, got a table"},
        {LESSON("{ name = 'join', title = 'x', level = 'core', story = 'x',\n"
                "hint = { 'a' } }"),
         "07 lesson.lua:4: unknown key \"hint\" in exercises[1]; did you mean hints?"},
        {LESSON("{ name = 'join', title = 'x', level = 'core', hints = { 'x' } }"),
         "07 lesson.lua:3: exercises[1].story is missing"},
    };
    struct place *place = *state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        put(place, "lessons/07_strings/lesson.lua", rows[i].source);
        struct pc_course course;
        struct pc_err err = {.msg = "(it was accepted)"};
        bool ok = pc_course_load(place->dir, &course, NULL, &err);
        pc_course_fini(&course);
        assert_string_equal(err.msg, rows[i].message);
        assert_false(ok);
        assert_int_equal(err.code, PC_ENVIRONMENT);
    }
}

static void every_missing_file_of_an_exercise_is_named(void **state)
{
    struct place *place = *state;
    for (size_t i = 0; i < PC_COUNT(files); i++) {
        PC_AUTO(pc_auto_free) char *file = file_of(i, "07_strings", "join");
        drop(place, file);
        struct pc_course course;
        struct pc_err err;
        assert_false(pc_course_load(place->dir, &course, NULL, &err));
        pc_course_fini(&course);
        PC_AUTO(pc_auto_free) char *message =
            pc_strfmt("07 lesson.lua:3: join needs the file %s", file);
        assert_string_equal(err.msg, message);
        put(place, file, "");
    }
}

static void a_broken_topic_does_not_hide_the_others(void **state)
{
    struct place *place = *state;
    put_exercise(place, "09_cache", "join");
    put(place, "lessons/08_empty/x", "");
    put(place, "lessons/09_cache/lesson.lua", LESSON(EXERCISE("join")));
    put(place, "lessons/7_one_digit/lesson.lua", "");
    put(place, "lessons/00_zero/lesson.lua", "");
    put(place, "lessons/07_zebra/lesson.lua", LESSON(EXERCISE("join")));
    PC_AUTO(pc_auto_free) char *unreadable =
        pc_strfmt("08 lesson.lua: cannot read %s/lessons/08_empty/lesson.lua: "
                  "No such file or directory",
                  place->dir);
    const char *const expected[] = {
        "lessons/00_zero: a topic is named NN_name in small letters, as 07_strings",
        "lessons/07_zebra: 07_strings has the same number",
        unreadable,
        "09 lesson.lua:3: exercises[1].name: 07.1 is called join already",
        "lessons/7_one_digit: a topic is named NN_name in small letters, as 07_strings",
    };
    struct pc_course course;
    struct pc_err err;
    char **broken;
    assert_true(pc_course_load(place->dir, &course, &broken, &err));
    for (size_t i = 0; i < PC_COUNT(expected); i++) {
        assert_non_null(broken[i]);
        assert_string_equal(broken[i], expected[i]);
    }
    assert_null(broken[PC_COUNT(expected)]);
    pc_names_free(broken);
    assert_int_equal(course.n_topics, 1);
    assert_string_equal(course.topics[0].exercises[0].name, "join");
    pc_course_fini(&course);
}

static void a_course_without_lessons_is_an_error(void **state)
{
    struct place *place = *state;
    struct pc_course course;
    struct pc_err err;
    char **broken;
    drop(place, "lessons/07_strings");
    assert_false(pc_course_load(place->dir, &course, &broken, &err));
    pc_course_fini(&course);
    pc_names_free(broken);
    PC_AUTO(pc_auto_free) char *empty = pc_strfmt("%s/lessons holds no topic", place->dir);
    assert_string_equal(err.msg, empty);
    drop(place, "lessons");
    assert_false(pc_course_load(place->dir, &course, &broken, &err));
    pc_course_fini(&course);
    pc_names_free(broken);
    PC_AUTO(pc_auto_free) char *none = pc_strfmt(
        "cannot read the folder %s/lessons: No such file or directory", place->dir);
    assert_string_equal(err.msg, none);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(a_course_is_read_in_order),
        RULE(a_broken_lesson_is_named_with_line_and_field),
        RULE(every_missing_file_of_an_exercise_is_named),
        RULE(a_broken_topic_does_not_hide_the_others),
        RULE(a_course_without_lessons_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
