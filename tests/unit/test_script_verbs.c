#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "script_bed.h"

#define MEASURE "x:measure{file = 'experiments/a.c', bench = 'b', n = 5}"
#define PREDICT "x:predict{question = 'Q', choices = {'a', 'b', 'c'}"

static void verbs_wait_for_their_answers(void **state)
{
    static const struct bed_row rows[] = {
        {"", "done"},
        {"x:note('a')\nx:note('b')", "note a; note b; done"},
        {"local v, l, h = " MEASURE "\nx:point('s', 5, v / 5, l, h)",
         "measure experiments/a.c b 5 0; point s 5 2.4 [11 13]; done"},
        {"x:measure{file = 'experiments/a.c', budget = 70}",
         "measure experiments/a.c  0 70; done"},
        {"x:point('s', 1, 2)", "point s 1 2 [nan nan]; done"},
        {"x:point('s', 1, 2, 0/0, 0/0)", "point s 1 2 [nan nan]; done"},
        {"local m = x:count{file = 'experiments/a.c', bench = 'b', n = 7, ops = 9}\n"
         "x:note(('%g'):format(m['allocs/op']))",
         "count experiments/a.c b 7 9; note 2.5; done"},
        {"local m = x:latency{file = 'experiments/a.c', bench = 'b', n = 7, ops = 9}\n"
         "x:note(tostring(m['allocs/op']))",
         "latency experiments/a.c b 7 9; note 2.5; done"},
        {"x:count{file = 'experiments/a.c', n = 7, calls = true,\n"
         "code = {'sizeof.node', 'stack-B.walk'}}",
         "count experiments/a.c  7 0 calls sizeof.node stack-B.walk; done"},
        {"local f = x:escape{file = 'experiments/a.c'}\n"
         "x:note(f.f .. ' ' .. f.g .. ' ' .. tostring(f.h))",
         "escape experiments/a.c -; note stays elided nil; done"},
        {"x:note(tostring(x:escape{file = 'experiments/a.c', cc = 'clang'}))",
         "escape experiments/a.c clang; note nil; done"},
        {"local k, l, h = x:slope('s', 3)\nx:note(k .. ' ' .. l .. ' ' .. h)",
         "slope s 3; note 12.0 11.0 13.0; done"},
        {PREDICT ", answer = 3}", "predict 1 Q|a|b|c right 3; done"},
        {"local p, q = " PREDICT "}, " PREDICT "}\nx:answer(q, 2) x:answer(p, 1)",
         "predict 1 Q|a|b|c right 0; predict 2 Q|a|b|c right 0; answer 2 is 2 (nan); "
         "answer 1 is 1 (nan); done"},
        {"local p = " PREDICT ", values = {1, 10, 100}}\nx:answer(p, 4)",
         "predict 1 Q|a|b|c right 0; answer 1 is 2 (4); done"},
        {"local p = " PREDICT ", values = {1, 10, 100}}\nx:answer(p, 3)",
         "predict 1 Q|a|b|c right 0; answer 1 is 1 (3); done"},
    };
    bed_assert_rows(*state, rows, PC_COUNT(rows));
}

#define PROFILE "x:profile{file = 'experiments/a.c'"
#define NAMES \
    "x:predict{question = 'Q', choices = {'also', 'rare', 'some', 'most, it says'}}"

static void a_profile_is_a_table_by_function(void **state)
{
    static const struct bed_row rows[] = {
        {PROFILE ", bench = 'b', n = 7}", "profile 1 cpu experiments/a.c b 7 0 0; done"},
        {PROFILE ", kind = 'wall', by = 'total', budget = 70, everything = true}",
         "profile 1 wall experiments/a.c  0 70 0 total everything; done"},
        {PROFILE ", kind = 'lock', budget = 70}",
         "profile 1 lock experiments/a.c  0 70 0; done"},
        {PROFILE ", kind = 'alloc', by = 'bytes', ops = 9}",
         "profile 1 alloc experiments/a.c  0 0 9 bytes; done"},
        {"local p = " PROFILE "}\nx:note(p.top .. ' ' .. tostring(p.settled) .. ' ' ..\n"
         "p.samples .. ' ' .. p.functions[3].name .. ' ' .. p.lines[1].text)",
         "profile 1 cpu experiments/a.c  0 0 0; note most false 100.0 some i++;; done"},
        {"local p = " PROFILE
         "}\nx:note(p.share.also.total .. ' ' .. p.share.rare.self ..\n"
         "' ' .. p.share.some.self .. ' ' .. tostring(p.ns))",
         "profile 1 cpu experiments/a.c  0 0 0; note 1.0 0.0 0.1 nil; done"},
        {"x:show(" PROFILE "})\nx:show(" PROFILE "}, {rows = 3, lines = 2, tree = true,\n"
         "title = 'T'})",
         "profile 1 cpu experiments/a.c  0 0 0; show 1 6 0; profile 2 cpu experiments/a.c  "
         "0 "
         "0 0; show 1 3 2 tree T; done"},
        {"local p = " PROFILE "}\np.functions = nil p.share = nil x:show(p)",
         "profile 1 cpu experiments/a.c  0 0 0; show 1 6 0; done"},
    };
    bed_assert_rows(*state, rows, PC_COUNT(rows));
}

/* Names that are choices, and all that a profile cannot tell from the first. */
static void a_prediction_is_answered_by_names_or_by_a_profile(void **state)
{
#define ASKED "predict 1 Q|also|rare|some|most, it says right 0; "
    static const struct bed_row rows[] = {
        {"x:answer(" NAMES ", 'most')", ASKED "answer 1 is 4 (nan); done"},
        {"x:answer(" NAMES ", 'most, it says')", ASKED "answer 1 is 4 (nan); done"},
        {"x:answer(" NAMES ", {'some', 'also'})", ASKED "answer 1 is 1 (nan) of 5; done"},
        {"x:answer(" NAMES ", " PROFILE "}, 'why')",
         ASKED "profile 1 cpu experiments/a.c  0 0 0; answer 1 is 1 (nan) of 9; done"},
        {"local p = " PROFILE "}\np.by = 'total' x:answer(" NAMES ", p)",
         "profile 1 cpu experiments/a.c  0 0 0; " ASKED "answer 1 is 1 (nan); done"},
        {"x:answer(x:predict{question = 'Q', choices = {'rare', 'some'}}, " PROFILE "})",
         "predict 1 Q|rare|some right 0; profile 1 cpu experiments/a.c  0 0 0; "
         "answer 1 is 2 (nan); done"},
    };
    bed_assert_rows(*state, rows, PC_COUNT(rows));
#undef ASKED
}

static void a_profile_that_makes_no_sense_is_named_with_its_line(void **state)
{
    static const struct bed_row rows[] = {
        {PROFILE ", kind = 'heap'}",
         "07 lesson.lua:2: kind must be cpu, wall, alloc or lock, got \"heap\""},
        {PROFILE ", by = 'name'}",
         "07 lesson.lua:2: by must be self, total or bytes, got \"name\""},
        {PROFILE ", by = 'bytes'}",
         "07 lesson.lua:2: by = \"bytes\" goes with kind = \"alloc\""},
        {PROFILE ", ops = 5}",
         "07 lesson.lua:2: ops goes with kind = \"alloc\"; budget says "
         "how long others may take"},
        {PROFILE ", kind = 'alloc', budget = 5}",
         "07 lesson.lua:2: kind = \"alloc\" counts whole operations: ops says how many, "
         "not "
         "budget"},
        {"x:profile{file = 'a.c'}",
         "07 lesson.lua:2: file must be experiments/NAME.c, got \"a.c\""},
        {"for i = 1, 99 do " PROFILE "} end",
         "07 lesson.lua:2: there are at most 16 profiles"},
        {"local p = " PROFILE "}\nx:note(p.share.moist.self)",
         "07 lesson.lua:3: neither the profile nor its file has a function \"moist\"; did "
         "you mean most?"},
        {"local p = " PROFILE "}\nx:note(p.setled)",
         "07 lesson.lua:3: a profile has no \"setled\"; did you mean settled?"},
        {"x:show(1)",
         "07 lesson.lua:2: show takes what profile has given: x:show(x:profile{...})"},
        {"x:show({})",
         "07 lesson.lua:2: show takes what profile has given: x:show(x:profile{...})"},
        {"x:show(" PROFILE "}, {row = 5})",
         "07 lesson.lua:2: unknown key \"row\" in show; did you mean rows?"},
        {"x:show(" PROFILE "}, {rows = 500})",
         "07 lesson.lua:2: rows and lines are at most 40, got 500"},
        {"x:answer(" NAMES ", 'mos')", "07 lesson.lua:2: \"mos\" is none of the choices"},
        {"x:answer(" NAMES ", {})",
         "07 lesson.lua:2: nothing was found that one of the choices could be"},
        {"x:answer(" NAMES ", {'also', 7})",
         "07 lesson.lua:2: answer.right[2] must be a string, got a number"},
        {"x:answer(" NAMES ", true)",
         "07 lesson.lua:2: answer.right must be a number, got a boolean"},
        {"x:answer(" NAMES ", {{name = 'also'}})",
         "07 lesson.lua:2: answer.right.share is missing"},
        {"x:answer(" PREDICT "}, " PROFILE "})",
         "07 lesson.lua:2: none of the choices begins with the name of a function of this "
         "profile"},
        {"x:answer(" PREDICT ", values = {1, 2, 3}}, 'a')",
         "07 lesson.lua:2: this prediction has values: answer it with the number that was "
         "measured"},
    };
    bed_assert_rows(*state, rows, PC_COUNT(rows));
}

static void a_request_that_makes_no_sense_is_named_with_its_line(void **state)
{
    static const struct bed_row rows[] = {
        {"\nx:mesure{}",
         "07 lesson.lua:3: there is no verb \"mesure\"; did you mean measure?"},
        {"x.note('a')", "07 lesson.lua:2: write x:note with a colon, not x.note"},
        {"x:note()", "07 lesson.lua:2: note.text is missing"},
        {"x:note(7)", "07 lesson.lua:2: note.text must be a string, got a number"},
        {"x:note('a', 'b')", "07 lesson.lua:2: note takes at most 1 arguments, got 2"},
        {"x:point('s', 1)", "07 lesson.lua:2: point.y is missing"},
        {"x:point('s', 1, 1/0)",
         "07 lesson.lua:2: point.y must be a finite number, got inf"},
        {"x:measure('a')", "07 lesson.lua:2: measure takes one table: x:measure{...}"},
        {"x:count{file = 'experiments/a.c', code = {'sizeof.a', 'allocs/op'}}",
         "07 lesson.lua:2: code[2] must be sizeof.TYPE, padding.TYPE or stack-B.FUNCTION, "
         "got \"allocs/op\""},
        {"x:escape{file = 'experiments/a.c', cc = 'both'}",
         "07 lesson.lua:2: cc must be gcc or clang, got \"both\""},
        {"x:escape{file = 'a.c'}",
         "07 lesson.lua:2: file must be experiments/NAME.c, got \"a.c\""},
        {"x:measure{bench = 'b'}", "07 lesson.lua:2: measure.file is missing"},
        {"x:measure{file = 'experiments/../a.c'}",
         "07 lesson.lua:2: file must be experiments/NAME.c, got \"experiments/../a.c\""},
        {"x:measure{file = 'experiments/a.c', where = 3}",
         "07 lesson.lua:2: unknown key \"where\" in measure; known are file, bench, n, "
         "budget"},
        {"x:measure{file = 'experiments/a.c', n = 1.5}",
         "07 lesson.lua:2: measure.n must be a whole number from 1, got 1.5"},
        {"x:measure{file = 'experiments/a.c', budget = 1e9}",
         "07 lesson.lua:2: budget is in milliseconds, at most 60000, got 1e+09"},
        {"x:predict{question = 'Q', choices = {'a'}}",
         "07 lesson.lua:2: predict.choices must have at least 2 items, got 1"},
        {PREDICT ", answer = 4}", "07 lesson.lua:2: answer is 4, but there are 3 choices"},
        {PREDICT ", values = {1, 2}}", "07 lesson.lua:2: 3 choices need 3 values, not 2"},
        {PREDICT ", values = {1, 2, 0}}",
         "07 lesson.lua:2: predict.values[3] must be greater than 0, got 0"},
        {"\n" PREDICT "}",
         "07 lesson.lua:3: this prediction was never answered: use x:answer(1, ...)"},
        {"x:answer(1, 1)", "07 lesson.lua:2: there is no prediction 1"},
        {"x:answer(" PREDICT ", answer = 1}, 1)",
         "07 lesson.lua:2: prediction 1 was answered already"},
        {"x:answer(" PREDICT "}, 4)",
         "07 lesson.lua:2: the right choice is a number from 1 to 3, got 4"},
        {"\nx:measure{file = 'experiments/a.c', bench = 'broken'}",
         "07 lesson.lua:3: it crashed"},
        {"table.sort({2, 1}, function() x:note('a') end)",
         "07 lesson.lua:2: note cannot wait here, in a function that Lua itself calls"},
        {"x:note('a')\nerror({})",
         "07 lesson.lua: error() was given a table instead of a text"},
        {"x:note('a')\nlocal y = nil + 1",
         "07 lesson.lua:3: attempt to perform arithmetic on a nil value"},
    };
    bed_assert_rows(*state, rows, PC_COUNT(rows));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(verbs_wait_for_their_answers),
        cmocka_unit_test(a_profile_is_a_table_by_function),
        cmocka_unit_test(a_prediction_is_answered_by_names_or_by_a_profile),
        cmocka_unit_test(a_profile_that_makes_no_sense_is_named_with_its_line),
        cmocka_unit_test(a_request_that_makes_no_sense_is_named_with_its_line),
    };
    return cmocka_run_group_tests(tests, bed_make_place, bed_remove_place);
}
