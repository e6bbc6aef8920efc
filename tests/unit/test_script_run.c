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
#include "base/str.h"
#include "script/remote.h"
#include "script/run.h"
#include "script/serve.h"

/* A course of one topic with one experiment, t, in a temporary folder. */
struct place {
    char dir[32];
    char *file;
    struct pc_course course;
    struct pc_topic topic;
    struct pc_experiment experiment;
};

static int make_place(void **state)
{
    struct place *place = pc_alloc(sizeof *place);
    strcpy(place->dir, "/tmp/pc-run-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    PC_AUTO(pc_auto_free) char *lesson = pc_path_join(place->dir, "lessons/07_t");
    assert_true(pc_mkdirs(lesson, NULL));
    place->file = pc_path_join(lesson, "lesson.lua");
    place->course.dir = place->dir;
    place->topic = (struct pc_topic){.number = 7, .folder = (char *)"07_t"};
    place->experiment.name = (char *)"t";
    *state = place;
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    assert_true(pc_file_remove_tree(place->dir, NULL));
    free(place->file);
    free(place);
    return 0;
}

static struct pc_lesson_run *create(const struct place *place, const char *source,
                                    struct pc_err *err)
{
    assert_true(pc_file_write_cache(place->file, source, strlen(source), NULL));
    return pc_lesson_run_create(&place->course, &place->topic, &place->experiment, err);
}

/* A lesson whose experiment does `body`, which begins on line 2. */
static char *lesson(const char *body)
{
    return pc_strfmt("return {experiments = {t = {run = function(x)\n%s\nend}}}", body);
}

/* One word for each request, so that a whole run can be compared. */
static void describe(struct pc_str *out, const struct pc_request *r)
{
    pc_str_adds(out, out->len ? "; " : "");
    switch (r->kind) {
    case PC_REQUEST_MEASURE:
        pc_str_addf(out, "measure %s %s %zu %d", r->file, r->bench, r->size,
                    (int)r->budget_ms);
        break;
    case PC_REQUEST_COUNT:
        pc_str_addf(out, "count %s %s %zu %u", r->file, r->bench, r->size, r->ops);
        pc_str_adds(out, r->calls ? " calls" : "");
        for (size_t i = 0; i < r->n_code; i++)
            pc_str_addf(out, " %s", r->code[i]);
        break;
    case PC_REQUEST_LATENCY:
        pc_str_addf(out, "latency %s %s %zu %u", r->file, r->bench, r->size, r->ops);
        break;
    case PC_REQUEST_PREDICT:
        pc_str_addf(out, "predict %zu %s", r->prediction, r->question);
        for (size_t i = 0; i < r->n_choices; i++)
            pc_str_addf(out, "|%s", r->choices[i]);
        pc_str_addf(out, " right %zu", r->right);
        break;
    case PC_REQUEST_ANSWER:
        pc_str_addf(out, "answer %zu is %zu (%g)", r->prediction, r->right, r->value);
        break;
    case PC_REQUEST_POINT:
        pc_str_addf(out, "point %s %g %g [%g %g]", r->series, r->x, r->y, r->low, r->high);
        break;
    case PC_REQUEST_SLOPE:
        pc_str_addf(out, "slope %s %zu", r->series, r->last);
        break;
    case PC_REQUEST_NOTE:
        pc_str_addf(out, "note %s", r->text);
        break;
    }
}

/* What every request is answered. */
static struct pc_answer answer_to(const struct pc_request *r)
{
    static const struct pc_metrics metrics = {
        .n = 1, .items = {{.name = "allocs/op", .min = 1, .max = 3, .mean = 2.5}}};
    if (r->kind == PC_REQUEST_MEASURE && strcmp(r->bench, "broken") == 0)
        return (struct pc_answer){.trouble = "it crashed"};
    return (struct pc_answer){
        .value = 12, .low = 11, .high = 13, .choice = 1, .metrics = &metrics};
}

/* What play() tells, with the function behind messages as that of a pack is. */
static char *play_there(const struct place *place, const char *source)
{
    struct pc_err err;
    struct pc_str out = {0}, wire = {0};
    struct pc_serve serve = {0};
    struct pc_remote_run run;
    struct pc_message message;
    enum pc_lesson_step step = PC_LESSON_ASKS;
    const struct pc_request *request;
    struct pc_script_source text = {.text = source, .n = strlen(source)};
    pc_remote_run_init(&run, "07 lesson.lua");
    pc_remote_run_begin(&run, &text, place->experiment.name, &wire);
    for (int n = 0;; n++) {
        assert_int_equal(pc_message_take(&wire, &message), PC_MESSAGE_WHOLE);
        pc_serve_take(&serve, &message, &wire);
        pc_message_fini(&message);
        assert_int_equal(pc_message_take(&wire, &message), PC_MESSAGE_WHOLE);
        step = pc_remote_run_take(&run, &message, &request, &err);
        pc_message_fini(&message);
        if (step != PC_LESSON_ASKS)
            break;
        if (n < 20)
            describe(&out, request);
        struct pc_answer answer = answer_to(request);
        pc_remote_run_answer(&answer, &wire);
    }
    if (step == PC_LESSON_FAILED)
        pc_str_fini(&out);
    pc_str_adds(&out, step == PC_LESSON_FAILED ? err.msg : out.len ? "; done" : "done");
    pc_serve_fini(&serve);
    pc_remote_run_fini(&run);
    pc_str_fini(&wire);
    return pc_str_take(&out);
}

/* Run a source to its end: all requests in words, then "done" or the error. */
static char *play_here(const struct place *place, const char *source)
{
    struct pc_err err;
    struct pc_str out = {0};
    struct pc_lesson_run *run = create(place, source, &err);
    if (!run) {
        assert_int_equal(err.code, PC_ENVIRONMENT);
        return pc_strdup(err.msg);
    }
    const struct pc_request *request;
    struct pc_answer answer;
    enum pc_lesson_step step = pc_lesson_run_next(run, NULL, &request, &err);
    for (int n = 0; step == PC_LESSON_ASKS; n++) {
        if (n < 20)
            describe(&out, request);
        answer = answer_to(request);
        step = pc_lesson_run_next(run, &answer, &request, &err);
    }
    if (step == PC_LESSON_FAILED) {
        assert_int_equal(err.code, PC_ENVIRONMENT);
        pc_str_fini(&out);
        pc_str_adds(&out, err.msg);
    } else {
        pc_str_adds(&out, out.len ? "; done" : "done");
    }
    pc_lesson_run_free(run);
    return pc_str_take(&out);
}

/* A pack's experiment asks for the same and fails in the same words. */
static char *play(const struct place *place, const char *source)
{
    char *here = play_here(place, source);
    PC_AUTO(pc_auto_free) char *there = play_there(place, source);
    assert_string_equal(here, there);
    return here;
}

struct row {
    const char *body, *expected;
};

static void assert_rows(const struct place *place, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        PC_AUTO(pc_auto_free) char *source = lesson(rows[i].body);
        PC_AUTO(pc_auto_free) char *got = play(place, source);
        assert_string_equal(got, rows[i].expected);
    }
}

#define MEASURE "x:measure{file = 'experiments/a.c', bench = 'b', n = 5}"
#define PREDICT "x:predict{question = 'Q', choices = {'a', 'b', 'c'}"

static void verbs_wait_for_their_answers(void **state)
{
    static const struct row rows[] = {
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
    assert_rows(*state, rows, PC_COUNT(rows));
}

static void a_request_that_makes_no_sense_is_named_with_its_line(void **state)
{
    static const struct row rows[] = {
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
    assert_rows(*state, rows, PC_COUNT(rows));
}

static void an_error_can_be_caught_and_the_run_goes_on(void **state)
{
    static const struct row rows[] = {
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
    assert_rows(*state, rows, PC_COUNT(rows));
}

#define ENDLESS(line) \
    "07 lesson.lua:" #line ": stopped after 10 million instructions; is there a loop " \
    "without end?"

/* Each step alone would be within the allowance. */
static void the_allowance_is_that_of_all_steps_together(void **state)
{
    static const struct row rows[] = {
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
        PC_AUTO(pc_auto_free) char *source = lesson(rows[i].body);
        PC_AUTO(pc_auto_free) char *got = play(*state, source);
        assert_string_equal(got, rows[i].expected);
    }
}

static void scripts_have_no_coroutines_and_cannot_take_the_verbs_apart(void **state)
{
    static const struct row rows[] = {
        {"assert(coroutine == nil)\nassert(getmetatable(x) == false)\n"
         "assert(not pcall(setmetatable, x, {}))",
         "done"},
    };
    assert_rows(*state, rows, PC_COUNT(rows));
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
        PC_AUTO(pc_auto_free) char *got = play(*state, rows[i].source);
        assert_string_equal(got, rows[i].message);
    }
}

static void a_run_can_be_left_at_any_step(void **state)
{
    PC_AUTO(pc_auto_free) char *source = lesson(
        "local t <close> = setmetatable({}, {__close = function() error('no') end})\n"
        "for i = 1, 3 do x:note('a') end");
    for (int steps = 0; steps < 4; steps++) {
        struct pc_err err;
        struct pc_answer answer = {0};
        const struct pc_request *request;
        struct pc_lesson_run *run = create(*state, source, &err);
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
        cmocka_unit_test(verbs_wait_for_their_answers),
        cmocka_unit_test(a_request_that_makes_no_sense_is_named_with_its_line),
        cmocka_unit_test(an_error_can_be_caught_and_the_run_goes_on),
        cmocka_unit_test(the_allowance_is_that_of_all_steps_together),
        cmocka_unit_test(scripts_have_no_coroutines_and_cannot_take_the_verbs_apart),
        cmocka_unit_test(a_lesson_without_the_experiment_is_refused),
        cmocka_unit_test(a_run_can_be_left_at_any_step),
    };
    return cmocka_run_group_tests(tests, make_place, remove_place);
}
