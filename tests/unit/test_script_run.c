#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "script_bed.h"

static void an_error_can_be_caught_and_the_run_goes_on(void **state)
{
    static const struct bed_row rows[] = {
        {"local ok, text = pcall(function() x:note('a') error('e', 0) end) x:note(text)",
         "note a; note e; done"},
        {"local ok, v = pcall(x.measure, x, {file = 'experiments/a.c'}) x:note('' .. v)",
         "measure experiments/a.c  0 0; note 12.0; done"},
        {"local ok = pcall(x.measure, x, {file = 'experiments/a.c', bench = 'broken'})\n"
         "x:note(ok and 'yes' or 'no')",
         "measure experiments/a.c broken 0 0; note no; done"},
        {"local ok, text = xpcall(function() x:note('a') error('e', 0) end,\n"
         "function(e) x:note('h') return e .. '!' end) x:note(text)",
         "note a; note h; note e!; done"},
    };
    bed_assert_rows(*state, rows, PC_COUNT(rows));
}

#define ENDLESS(line) \
    "07 lesson.lua:" #line ": stopped after 10 million instructions; is there a loop " \
    "without end?"

/* Each step alone would be within the allowance. */
static void the_allowance_is_that_of_all_steps_together(void **state)
{
    static const struct bed_row rows[] = {
        {"x:note('a')\nwhile true do end", ENDLESS(3)},
        {"for i = 1, 100 do\nx:note('a')\nfor k = 1, 300000 do end end", ENDLESS(4)},
        {"while true do pcall(function() x:note('a')\nfor k = 1, 1e6 do end end) end",
         ENDLESS(3)},
        {"while true do\nx:note('a') end",
         "07 lesson.lua:3: stopped after 10000 requests; is there a loop without end?"},
        {"local t = {}\nfor i = 1, 200 do t[i] = ('x'):rep(1 << 20) .. i x:note('a') end",
         "07 lesson.lua: it needs more than 64 MiB of memory"},
        {"local t = {}\nfor i = 1, 200 do pcall(function() x:note('a')\n"
         "t[i] = ('x'):rep(1 << 20) .. i end) end",
         "07 lesson.lua: it needs more than 64 MiB of memory"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *source = bed_lesson(rows[i].body);
        PC_AUTO(pc_auto_free) char *got = bed_play(*state, source);
        assert_string_equal(got, rows[i].expected);
    }
}

static void scripts_have_no_coroutines_and_cannot_take_the_verbs_apart(void **state)
{
    static const struct bed_row rows[] = {
        {"assert(coroutine == nil)\nassert(getmetatable(x) == false)\n"
         "assert(not pcall(setmetatable, x, {}))",
         "done"},
    };
    bed_assert_rows(*state, rows, PC_COUNT(rows));
}

static void a_lesson_without_the_experiment_is_refused(void **state)
{
    static const struct {
        const char *source, *message;
    } rows[] = {
        {"return 1", "07 lesson.lua: the file must return a table"},
        {"return {}", "07 lesson.lua: experiments must be a table"},
        {"return {experiments = {u = {}}}", "07 lesson.lua: t must be a table"},
        {"return {experiments = {t = {run = 1}}}",
         "07 lesson.lua: experiments.t.run must be a function"},
        {"return {\n", "07 lesson.lua:2: unexpected symbol near <eof>"},
        {"while true do end", ENDLESS(1)},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *got = bed_play(*state, rows[i].source);
        assert_string_equal(got, rows[i].message);
    }
}

static void a_run_can_be_left_at_any_step(void **state)
{
    PC_AUTO(pc_auto_free) char *source = bed_lesson(
        "local t <close> = setmetatable({}, {__close = function() error('no') end})\n"
        "for i = 1, 3 do x:note('a') end");
    for (int steps = 0; steps < 4; steps++) {
        struct pc_err err;
        struct pc_answer answer = {0};
        const struct pc_request *request;
        struct pc_lesson_run *run = bed_create(*state, source, &err);
        assert_non_null(run);
        for (int i = 0; i < steps && i < 3; i++)
            assert_int_equal(pc_lesson_run_next(run, i ? &answer : NULL, &request, &err),
                             PC_LESSON_ASKS);
        pc_lesson_run_free(run);
    }
    pc_lesson_run_free(NULL);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_can_be_caught_and_the_run_goes_on),
        cmocka_unit_test(the_allowance_is_that_of_all_steps_together),
        cmocka_unit_test(scripts_have_no_coroutines_and_cannot_take_the_verbs_apart),
        cmocka_unit_test(a_lesson_without_the_experiment_is_refused),
        cmocka_unit_test(a_run_can_be_left_at_any_step),
    };
    return cmocka_run_group_tests(tests, bed_make_place, bed_remove_place);
}
