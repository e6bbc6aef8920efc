#include "script_bed.h"

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
#include "script/sandbox.h"
#include "script/serve.h"

int bed_make_place(void **state)
{
    struct bed_place *place = pc_alloc(sizeof *place);
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

int bed_remove_place(void **state)
{
    struct bed_place *place = *state;
    assert_true(pc_file_remove_tree(place->dir, NULL));
    free(place->file);
    free(place);
    return 0;
}

struct pc_lesson_run *bed_create(const struct bed_place *place, const char *source,
                                 struct pc_err *err)
{
    assert_true(pc_file_write_cache(place->file, source, strlen(source), NULL));
    return pc_lesson_run_create(&place->course, &place->topic, &place->experiment, err);
}

char *bed_lesson(const char *body)
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
    case PC_REQUEST_ESCAPE:
        pc_str_addf(out, "escape %s %s", r->file, r->cc ? r->cc : "-");
        break;
    case PC_REQUEST_PROFILE:
        pc_str_addf(out, "profile %zu %s %s %s %zu %d %u%s%s%s", r->profile,
                    pc_profile_kind_name(r->profile_kind), r->file, r->bench, r->size,
                    (int)r->budget_ms, r->ops, r->by_total ? " total" : "",
                    r->by_bytes ? " bytes" : "", r->everything ? " everything" : "");
        break;
    case PC_REQUEST_SHOW:
        pc_str_addf(out, "show %zu %zu %zu%s%s%s", r->profile, r->rows, r->lines,
                    r->tree ? " tree" : "", r->text ? " " : "", r->text ? r->text : "");
        break;
    case PC_REQUEST_PREDICT:
        pc_str_addf(out, "predict %zu %s", r->prediction, r->question);
        for (size_t i = 0; i < r->n_choices; i++)
            pc_str_addf(out, "|%s", r->choices[i]);
        pc_str_addf(out, " right %zu", r->right);
        break;
    case PC_REQUEST_ANSWER:
        pc_str_addf(out, "answer %zu is %zu (%g)", r->prediction, r->right, r->value);
        if (r->rights & (r->rights - 1))
            pc_str_addf(out, " of %x", r->rights);
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

/* As the engine makes it: `most` and `also` are a tie, `some` is not. */
static const char profile_source[] =
    "return {number = 1, by = 'self', top = 'most', settled = false, samples = 100,\n"
    "functions = {\n"
    "{name = 'most', self = 0.5, self_low = 0.4, self_high = 0.6, total = 0.5,\n"
    " total_low = 0.4, total_high = 0.6},\n"
    "{name = 'also', self = 0.4, self_low = 0.3, self_high = 0.5, total = 1,\n"
    " total_low = 0.9, total_high = 1},\n"
    "{name = 'some', self = 0.1, self_low = 0.05, self_high = 0.15, total = 0.1,\n"
    " total_low = 0.05, total_high = 0.15}},\n"
    "lines = {{line = 7, text = 'i++;', self = 0.5}},\n"
    "unseen = {'rare', 'some'}, nothing = {self = 0, self_high = 0.04}}";

/* What every request is answered; `table` is where a profile may be, and stays until the
 * answer was given. */
static struct pc_answer answer_to(const struct pc_request *r, struct pc_value *table)
{
    static const struct pc_metrics metrics = {
        .n = 1, .items = {{.name = "allocs/op", .min = 1, .max = 3, .mean = 2.5}}};
    static struct pc_function_fate items[] = {{"f", "stays"}, {"g", "elided"}};
    static const struct pc_fates fates = {.items = items, .n = PC_COUNT(items)};
    if (r->kind == PC_REQUEST_PROFILE) {
        struct pc_err err;
        if (!pc_sandbox_run_text("profile", profile_source, strlen(profile_source), table,
                                 &err))
            fail_msg("%s", err.msg);
        return (struct pc_answer){.table = table};
    }
    bool is_here = !r->cc || strcmp(r->cc, "gcc") == 0;
    if (r->kind == PC_REQUEST_ESCAPE)
        return (struct pc_answer){.fates = is_here ? &fates : NULL};
    if (r->kind == PC_REQUEST_MEASURE && strcmp(r->bench, "broken") == 0)
        return (struct pc_answer){.trouble = "it crashed"};
    return (struct pc_answer){
        .value = 12, .low = 11, .high = 13, .choice = 1, .metrics = &metrics};
}

/* What bed_play() tells, with the function behind messages as that of a pack is. */
static char *play_there(const struct bed_place *place, const char *source)
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
        struct pc_value table = {0};
        struct pc_answer answer = answer_to(request, &table);
        pc_remote_run_answer(&answer, &wire);
        pc_value_fini(&table);
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
static char *play_here(const struct bed_place *place, const char *source)
{
    struct pc_err err;
    struct pc_str out = {0};
    struct pc_lesson_run *run = bed_create(place, source, &err);
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
        struct pc_value table = {0};
        answer = answer_to(request, &table);
        step = pc_lesson_run_next(run, &answer, &request, &err);
        pc_value_fini(&table);
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

char *bed_play(const struct bed_place *place, const char *source)
{
    char *here = play_here(place, source);
    PC_AUTO(pc_auto_free) char *there = play_there(place, source);
    assert_string_equal(here, there);
    return here;
}

void bed_assert_rows(const struct bed_place *place, const struct bed_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        PC_AUTO(pc_auto_free) char *source = bed_lesson(rows[i].body);
        PC_AUTO(pc_auto_free) char *got = bed_play(place, source);
        assert_string_equal(got, rows[i].expected);
    }
}
