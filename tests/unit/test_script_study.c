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
#include "script/lines.h"

/* A course of one topic with the exercise join in a temporary folder. */
static void put(const char *dir, const char *name, const char *text)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, name);
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    assert_true(pc_mkdirs(folder, NULL));
    assert_true(pc_file_write_cache(path, text, strlen(text), NULL));
}

static int make_place(void **state)
{
    static const char *const files[] = {
        "exercises/07_t/join/join.h",  "exercises/07_t/join/join.c",
        "exercises/07_t/join/bench.c", "checks/07_t/join/limits.lua",
        "checks/07_t/join/test.c",     "checks/07_t/join/reference.c",
    };
    char *dir = pc_strdup("/tmp/pc-study-XXXXXX");
    assert_non_null(mkdtemp(dir));
    for (size_t i = 0; i < PC_COUNT(files); i++)
        put(dir, files[i], "");
    put(dir, "lessons/07_t/pages/1_a.md", "# What a string  \n\nText.\n");
    put(dir, "lessons/07_t/pages/2_b.md", "\n\n#  The builder\n");
    *state = dir;
    return 0;
}

static int remove_place(void **state)
{
    assert_true(pc_file_remove_tree(*state, NULL));
    free(*state);
    return 0;
}

/* The fields of a study stand from line 3 on. */
static bool load(const char *dir, const char *fields, struct pc_course *course,
                 struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *source =
        pc_strfmt("return { title = 'T', exercises = {{ name = 'join', title = 'T',\n"
                  "level = 'core', story = 'S', hints = { 'H' } }},\n%s }\n",
                  fields);
    put(dir, "lessons/07_t/lesson.lua", source);
    return pc_course_load(dir, course, NULL, err);
}

#define PAGES "pages = {'pages/1_a.md', 'pages/2_b.md'},\n"
#define RUN "title = 'X', question = 'Q', run = function() end"

static void a_study_is_read_in_order(void **state)
{
    struct pc_course course;
    struct pc_err err = {.msg = ""};
    bool ok = load(*state,
                   PAGES "experiments = {\nzebra = {" RUN "},\napple = {" RUN
                         ", x = 'appends',\ny = 'time', unit = 'B/op', scale = 'log-x',\n"
                         "needs = {'sqlite3'}}},\n"
                         "cards = {{name = 'two', question = 'Q',\n"
                         "choices = {'a', ' b '}, answer = 2,\n"
                         "why = 'W', proof = 'apple'},\n"
                         "{name = 'own', question = 'Q', free = true,\n"
                         "answer = 'A', why = 'W'}},\n"
                         "essence = {'One.', 'Two.'}",
                   &course, &err);
    assert_string_equal(err.msg, "");
    assert_true(ok);
    const struct pc_topic *t = &course.topics[0];
    assert_int_equal(t->n_pages, 2);
    assert_string_equal(t->pages[0].file, "pages/1_a.md");
    assert_string_equal(t->pages[0].title, "What a string");
    assert_string_equal(t->pages[0].key, "07/1_a");
    assert_string_equal(t->pages[1].title, "The builder");
    assert_int_equal(t->n_experiments, 2);
    assert_string_equal(t->experiments[0].name, "zebra");
    assert_string_equal(t->experiments[0].x, "n");
    assert_string_equal(t->experiments[0].unit, "ns/op");
    assert_int_equal(t->experiments[0].scale, PC_SCALE_LOG_LOG);
    assert_string_equal(t->experiments[1].name, "apple");
    assert_string_equal(t->experiments[1].unit, "B/op");
    assert_int_equal(t->experiments[1].scale, PC_SCALE_LOG_X);
    assert_string_equal(t->experiments[1].needs[0], "sqlite3");
    assert_int_equal(t->n_cards, 2);
    assert_string_equal(t->cards[0].name, "two");
    assert_string_equal(t->cards[1].key, "07/own");
    assert_int_equal(t->cards[0].right, 2);
    assert_string_equal(t->cards[0].answer, "b");
    assert_string_equal(t->cards[0].proof, "apple");
    assert_int_equal(t->cards[1].n_choices, 0);
    assert_int_equal(t->cards[1].right, 0);
    assert_string_equal(t->cards[1].answer, "A");
    assert_null(t->cards[1].proof);
    assert_int_equal(t->n_essence, 2);
    assert_string_equal(t->essence[1], "Two.");
    pc_course_fini(&course);
}

#define CARD(fields) PAGES "cards = {{name = 'c', question = 'Q', why = 'W',\n" fields "}}"

static void what_is_wrong_is_named_with_line_and_field(void **state)
{
    static const struct {
        const char *fields, *message;
    } rows[] = {
        {"pages = {'pages/1_a.md'}", ":3: pages/2_b.md is not listed in pages"},
        {"", ":1: pages/1_a.md is not listed in pages"},
        {"pages = {'pages/1_a.md', 'pages/2_b.md',\n'pages/1_a.md'}",
         ":4: pages/1_a.md is listed twice"},
        {"pages = {\n'../1_a.md'}", ":4: a page is pages/NAME.md, not \"../1_a.md\""},
        {"pages = {'pages/x/1_a.md'}",
         ":3: a page is pages/NAME.md, not \"pages/x/1_a.md\""},
        {"pages = {'pages/.md'}", ":3: a page is pages/NAME.md, not \"pages/.md\""},
        {"pages = 3", ":3: pages must be a list, got a number"},
        {PAGES "experiments = {{}}",
         ":4: experiments have names: experiments = {append = {...}}"},
        {PAGES "experiments = {['a b'] = {}}",
         ":4: experiments.a b must be a C identifier, got \"a b\""},
        {PAGES "experiments = {a = 1}", ":4: experiments.a must be a table, got a number"},
        {PAGES "experiments = {a =\n{title = 'X'}}",
         ":4: experiments.a.question is missing"},
        {PAGES "experiments = {a = {title = 'X', question = 'Q',\nrun = 'x'}}",
         ":5: experiments.a.run must be a function, got a string"},
        {PAGES "experiments = {a = {" RUN ",\nscale = 'log'}}",
         ":5: experiments.a.scale must be log-log, log-x, log-y or linear, got \"log\""},
        {PAGES "experiments = {a = {" RUN ",\nneeds = {'-fplugin=x'}}}",
         ":5: experiments.a.needs[1] must be a name for pkg-config, got \"-fplugin=x\""},
        {PAGES "experiments = {a = {" RUN ",\nneeds = {'x.pc'}}}",
         ":5: experiments.a.needs[1] must be a name for pkg-config, got \"x.pc\""},
        {PAGES "experiments = {a = {" RUN ",\nscale = '\302\233'}}",
         ":5: experiments.a.scale must not hold characters that a terminal acts on, as "
         "those "
         "that turn the direction of a line"},
        {PAGES "experiments = {a = {" RUN ",\nseries = {}}}",
         ":5: unknown key \"series\" in experiments.a; known are title, question, run, x, "
         "y, "
         "unit, scale, needs"},
        {CARD("answer = 1"), ":4: cards[1] needs either choices or free = true"},
        {CARD("answer = 1, free = true, choices = {'a', 'b'}"),
         ":4: cards[1] needs either choices or free = true"},
        {CARD("answer = 1, free = false"),
         ":5: cards[1].free is true or left out, not false"},
        {CARD("choices = {'a', 'b'}"), ":4: cards[1].answer is missing"},
        {CARD("answer = 3, choices = {'a', 'b'}"),
         ":5: cards[1].answer is 3, but there are 2 choices"},
        {CARD("answer = 'a', choices = {'a', 'b'}"),
         ":5: cards[1].answer must be a number, got a string"},
        {CARD("answer = 1, free = true"),
         ":5: cards[1].answer must be a string, got a number"},
        {CARD("answer = 1, choices = {'a'}"),
         ":5: cards[1].choices must have at least 2 items, got 1"},
        {CARD("answer = 1, choices = {'a', 'b'},\nproof = 'a'"),
         ":6: cards[1].proof: there is no experiment \"a\""},
        {PAGES "cards = {{question = 'Q', free = true, answer = 'A', why = 'W'}}",
         ":4: cards[1].name is missing"},
        {PAGES "cards = {{name = 'a b', question = 'Q', free = true}}",
         ":4: cards[1].name must be a C identifier, got \"a b\""},
        {CARD("free = true, answer = 'A'},\n"
              "{name = 'c', question = 'Q', free = true, answer = 'A', why = 'W'"),
         ":6: cards[2].name: cards[1] is called c already"},
        {PAGES "essence = {'a\\nb'}", ":4: essence[1] must be one line"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_course course;
        struct pc_err err = {.msg = "(it was accepted)"};
        bool ok = load(*state, rows[i].fields, &course, &err);
        pc_course_fini(&course);
        PC_AUTO(pc_auto_free) char *message = pc_strfmt("07 lesson.lua%s", rows[i].message);
        assert_string_equal(err.msg, message);
        assert_false(ok);
    }
}

static void an_exercise_has_the_first_experiment_unless_it_names_one(void **state)
{
    static const struct {
        const char *key, *experiments, *found, *message;
    } rows[] = {
        {"", "", NULL, ""},
        {"", "experiments = {\nb = {" RUN "},\na = {" RUN "}}", "b", ""},
        {"experiment = 'a'", "experiments = {\nb = {" RUN "},\na = {" RUN "}}", "a", ""},
        {"experiment = 'c'", "experiments = {\nb = {" RUN "},\na = {" RUN "}}", NULL,
         "07 lesson.lua:2: exercises[1].experiment: there is no experiment \"c\""},
        {"experiment = 'c'", "", NULL,
         "07 lesson.lua:2: exercises[1].experiment: there is no experiment \"c\""},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_course course;
        struct pc_err err = {.msg = ""};
        PC_AUTO(pc_auto_free) char *source = pc_strfmt(
            "return { title = 'T', exercises = {{ name = 'join', title = 'T',\n%s%s\n"
            "level = 'core', story = 'S', hints = { 'H' } }},\n" PAGES "%s }\n",
            rows[i].key, *rows[i].key ? "," : "", rows[i].experiments);
        put(*state, "lessons/07_t/lesson.lua", source);
        bool ok = pc_course_load(*state, &course, NULL, &err);
        assert_string_equal(err.msg, rows[i].message);
        assert_int_equal(ok, !*rows[i].message);
        const struct pc_experiment *e =
            ok ? course.topics[0].exercises[0].experiment : NULL;
        if (rows[i].found)
            assert_string_equal(e->name, rows[i].found);
        else
            assert_null(e);
        pc_course_fini(&course);
    }
}

static void a_page_begins_with_its_title(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"", "must begin with a heading, \"# Title\""},
        {"Text.\n# Title\n", "must begin with a heading, \"# Title\""},
        {"## Title\n", "must begin with a heading, \"# Title\""},
        {"#  \nText\n", "must begin with a heading, \"# Title\""},
        {"# Caf\xe9\n", "must be UTF-8"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_course course;
        struct pc_err err = {.msg = "(it was accepted)"};
        put(*state, "lessons/07_t/pages/2_b.md", rows[i].text);
        assert_false(load(*state, PAGES, &course, &err));
        pc_course_fini(&course);
        PC_AUTO(pc_auto_free) char *message =
            pc_strfmt("07 lesson.lua:3: pages/2_b.md %s", rows[i].message);
        assert_string_equal(err.msg, message);
    }
}

static void a_page_names_experiments_that_there_are(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"# T\n\n[run it](experiment:grow)\n", ""},
        {"# T\n\n[run](experiment:grow) [it](experiment:grown)\n",
         "07 lesson.lua:3: pages/2_b.md:3: there is no experiment \"grown\""},
        {"# T\n[run it](experiment:)\n",
         "07 lesson.lua:3: pages/2_b.md:2: there is no experiment \"\""},
        {"# T\n[elsewhere](https://example.org/experiment:x)\n", ""},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_course course;
        struct pc_err err = {.msg = ""};
        put(*state, "lessons/07_t/pages/2_b.md", rows[i].text);
        bool ok = load(*state, PAGES "experiments = {grow = {" RUN "}}", &course, &err);
        pc_course_fini(&course);
        assert_string_equal(err.msg, rows[i].message);
        assert_int_equal(ok, !*rows[i].message);
    }
}

static void a_list_is_found_where_it_was_written(void **state)
{
    (void)state;
    /* The list is put between bars, and a comma behind its last item is shown. */
    static const struct {
        const char *source, *expected;
    } rows[] = {
        {"return {e = {}}", "return {e = {||}}"},
        {"return {e = {1}}", "return {e = {|1|}}"},
        {"return {e = {1, {2}, } -- x\n}", "return {e = {|1, {2},,| } -- x\n}"},
        {"return {a = {e = {7}}, e = {1 -- }\n}}",
         "return {a = {e = {7}}, e = {|1| -- }\n}}"},
        {"return {a = function() return {e = {}} end, e = {'}'}}",
         "return {a = function() return {e = {}} end, e = {|'}'|}}"},
        {"local e = {5} return {a = e, e = {[[\n}]]; }}",
         "local e = {5} return {a = e, e = {|[[\n}]];,| }}"},
        {"local e = {1} return {e = e}", NULL},
        {"local t = {e = {}} return t", NULL},
        {"return {f = {}}", NULL},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const char *s = rows[i].source;
        struct pc_list_place p;
        bool found = pc_lines_find_list(s, strlen(s), "e", &p);
        assert_int_equal(found, rows[i].expected != NULL);
        if (!found)
            continue;
        assert_int_equal(s[p.end], '}');
        PC_AUTO(pc_auto_free) char *shown =
            pc_strfmt("%.*s|%.*s%s|%s", (int)p.begin, s, (int)(p.last - p.begin),
                      s + p.begin, p.comma ? "," : "", s + p.last);
        assert_string_equal(shown, rows[i].expected);
    }
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(a_study_is_read_in_order),
        RULE(what_is_wrong_is_named_with_line_and_field),
        RULE(an_exercise_has_the_first_experiment_unless_it_names_one),
        RULE(a_page_begins_with_its_title),
        RULE(a_page_names_experiments_that_there_are),
        cmocka_unit_test(a_list_is_found_where_it_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
