#include "script/asking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/asking_read.h"
#include "script/study.h"

/* The longest that an author may let a single measurement take. */
enum { BUDGET_MAX_MS = 60000, OPS_MAX = 100000 };

/* Names of types and frames, for COUNT. */
static bool read_code(struct pc_asking *asking, const struct pc_document *doc,
                      const struct pc_value *list)
{
    struct pc_request *r = &asking->request;
    for (size_t i = 0; list && i < list->n; i++) {
        const char *name = list->items[i].value.text;
        if (!pc_metric_is_of_code(name, NULL) || strlen(name) >= PC_METRIC_NAME)
            return pc_document_fail(doc, list->line,
                                    "code[%zu] must be sizeof.TYPE, padding.TYPE or "
                                    "stack-B.FUNCTION, got \"%s\"",
                                    i + 1, name);
        asking->choices[r->n_code++] = name;
    }
    r->code = asking->choices;
    return true;
}

bool pc_asking_bench(struct pc_asking *asking, const struct pc_document *doc)
{
    const struct pc_value *args = &asking->args;
    struct pc_request *r = &asking->request;
    r->file = pc_value_text(args, "file");
    r->bench = pc_value_text(args, "bench");
    r->bench = r->bench ? r->bench : "";
    r->size = (size_t)pc_value_number(args, "n", 0);
    double budget = pc_value_number(args, "budget", 0),
           ops = pc_value_number(args, "ops", 0);
    if (!pc_study_is_file(r->file, "experiments/", ".c"))
        return pc_document_fail(doc, args->line,
                                "file must be experiments/NAME.c, got \"%s\"", r->file);
    if (budget > BUDGET_MAX_MS)
        return pc_document_fail(doc, args->line,
                                "budget is in milliseconds, at most %d, got %g",
                                BUDGET_MAX_MS, budget);
    if (ops > OPS_MAX)
        return pc_document_fail(doc, args->line, "ops is at most %d, got %g", OPS_MAX, ops);
    r->budget_ms = (int64_t)budget;
    r->ops = (uint32_t)ops;
    r->calls = pc_value_find(args, "calls") != NULL;
    r->cc = pc_value_text(args, "cc");
    if (r->cc && strcmp(r->cc, "gcc") != 0 && strcmp(r->cc, "clang") != 0)
        return pc_document_fail(doc, args->line, "cc must be gcc or clang, got \"%s\"",
                                r->cc);
    return read_code(asking, doc, pc_value_find(args, "code"));
}

static bool read_series(struct pc_asking *asking, const struct pc_document *doc)
{
    (void)doc;
    const struct pc_value *args = &asking->args;
    struct pc_request *r = &asking->request;
    r->series = pc_value_text(args, "series");
    r->x = pc_value_number(args, "x", 0);
    r->y = pc_value_number(args, "y", 0);
    r->low = pc_value_number(args, "low", NAN);
    r->high = pc_value_number(args, "high", NAN);
    r->last = (size_t)pc_value_number(args, "last", 0);
    return true;
}

static bool read_note(struct pc_asking *asking, const struct pc_document *doc)
{
    (void)doc;
    asking->request.text = pc_value_text(&asking->args, "text");
    return true;
}

static const struct pc_rule measure_rules[] = {
    {.key = "file", .type = PC_SHAPE_LINE, .required = true},
    {.key = "bench", .type = PC_SHAPE_NAME},
    {.key = "n", .type = PC_SHAPE_COUNT},
    {.key = "budget", .type = PC_SHAPE_COUNT},
};
static const struct pc_rule count_rules[] = {
    {.key = "file", .type = PC_SHAPE_LINE, .required = true},
    {.key = "bench", .type = PC_SHAPE_NAME},
    {.key = "n", .type = PC_SHAPE_COUNT},
    {.key = "ops", .type = PC_SHAPE_COUNT},
    {.key = "calls", .type = PC_SHAPE_TRUE},
    {.key = "code",
     .type = PC_SHAPE_LIST,
     .item = PC_SHAPE_LINE,
     .least = 1,
     .most = PC_CHOICES_MAX},
};
static const struct pc_rule latency_rules[] = {
    {.key = "file", .type = PC_SHAPE_LINE, .required = true},
    {.key = "bench", .type = PC_SHAPE_NAME},
    {.key = "n", .type = PC_SHAPE_COUNT},
    {.key = "ops", .type = PC_SHAPE_COUNT},
    {.key = "budget", .type = PC_SHAPE_COUNT},
};
static const struct pc_rule escape_rules[] = {
    {.key = "file", .type = PC_SHAPE_LINE, .required = true},
    {.key = "cc", .type = PC_SHAPE_LINE},
};
static const struct pc_rule profile_rules[] = {
    {.key = "file", .type = PC_SHAPE_LINE, .required = true},
    {.key = "bench", .type = PC_SHAPE_NAME},
    {.key = "n", .type = PC_SHAPE_COUNT},
    {.key = "kind", .type = PC_SHAPE_LINE},
    {.key = "by", .type = PC_SHAPE_LINE},
    {.key = "budget", .type = PC_SHAPE_COUNT},
    {.key = "ops", .type = PC_SHAPE_COUNT},
    {.key = "everything", .type = PC_SHAPE_TRUE},
};
static const struct pc_rule predict_rules[] = {
    {.key = "question", .type = PC_SHAPE_PROSE, .required = true},
    {.key = "choices",
     .type = PC_SHAPE_LIST,
     .item = PC_SHAPE_LINE,
     .required = true,
     .least = 2,
     .most = PC_CHOICES_MAX},
    {.key = "values", .type = PC_SHAPE_LIST, .item = PC_SHAPE_POSITIVE},
    {.key = "answer", .type = PC_SHAPE_COUNT},
    {.key = "why", .type = PC_SHAPE_PROSE},
};
static const struct pc_rule answer_rules[] = {
    {.key = "prediction", .type = PC_SHAPE_COUNT, .required = true},
    {.key = "right", .type = PC_SHAPE_ANY, .required = true},
    {.key = "why", .type = PC_SHAPE_PROSE},
};
static const struct pc_rule point_rules[] = {
    {.key = "series", .type = PC_SHAPE_LINE, .required = true},
    {.key = "x", .type = PC_SHAPE_NUMBER, .required = true},
    {.key = "y", .type = PC_SHAPE_NUMBER, .required = true},
    {.key = "low", .type = PC_SHAPE_NUMBER},
    {.key = "high", .type = PC_SHAPE_NUMBER},
};
static const struct pc_rule slope_rules[] = {
    {.key = "series", .type = PC_SHAPE_LINE, .required = true},
    {.key = "last", .type = PC_SHAPE_COUNT},
};
static const struct pc_rule note_rules[] = {
    {.key = "text", .type = PC_SHAPE_PROSE, .required = true},
};
static const struct pc_rule show_rules[] = {
    {.key = "profile", .type = PC_SHAPE_ANY, .required = true},
    {.key = "options", .type = PC_SHAPE_TABLE},
};

#define SHAPE(rules) \
    { \
        rules, PC_COUNT(rules), NULL \
    }

const struct pc_verb pc_verbs[] = {
    {"measure", PC_REQUEST_MEASURE, true, SHAPE(measure_rules), pc_asking_bench},
    {"count", PC_REQUEST_COUNT, true, SHAPE(count_rules), pc_asking_bench},
    {"latency", PC_REQUEST_LATENCY, true, SHAPE(latency_rules), pc_asking_bench},
    {"escape", PC_REQUEST_ESCAPE, true, SHAPE(escape_rules), pc_asking_bench},
    {"profile", PC_REQUEST_PROFILE, true, SHAPE(profile_rules), pc_asking_profile},
    {"predict", PC_REQUEST_PREDICT, true, SHAPE(predict_rules), pc_asking_predict},
    {"answer", PC_REQUEST_ANSWER, false, SHAPE(answer_rules), pc_asking_answer},
    {"point", PC_REQUEST_POINT, false, SHAPE(point_rules), read_series},
    {"slope", PC_REQUEST_SLOPE, false, SHAPE(slope_rules), read_series},
    {"note", PC_REQUEST_NOTE, false, SHAPE(note_rules), read_note},
    {"show", PC_REQUEST_SHOW, false, SHAPE(show_rules), pc_asking_show},
    {0},
};

static size_t text_in(const struct pc_value *value)
{
    size_t n = value->len;
    for (size_t i = 0; i < value->n; i++)
        n += text_in(&value->items[i].value);
    return n;
}

static void set_lines(struct pc_value *value, int line)
{
    value->line = line;
    for (size_t i = 0; i < value->n; i++)
        set_lines(&value->items[i].value, line);
}

bool pc_asking_request(struct pc_asking *asking, const struct pc_verb *verb, int line,
                       struct pc_err *err)
{
    const struct pc_document doc = {asking->name, err};
    pc_value_sort(&asking->args);
    set_lines(&asking->args, line);
    if (asking->asked++ >= PC_REQUESTS_MAX)
        return pc_document_fail(&doc, line,
                                "stopped after %d requests; is there a loop without end?",
                                PC_REQUESTS_MAX);
    asking->text += text_in(&asking->args);
    if (asking->text > PC_REQUESTS_TEXT)
        return pc_document_fail(&doc, line, "stopped after %d KiB of text",
                                PC_REQUESTS_TEXT >> 10);
    asking->request = (struct pc_request){.kind = verb->kind, .line = line, .value = NAN};
    return pc_shape_check(&doc, verb->name, &asking->args, &verb->shape) &&
           verb->read(asking, &doc);
}

bool pc_asking_is_complete(const struct pc_asking *asking, struct pc_err *err)
{
    const struct pc_document doc = {asking->name, err};
    for (size_t i = 0; i < asking->n_predictions; i++)
        if (!asking->predictions[i].answered)
            return pc_document_fail(&doc, asking->predictions[i].line,
                                    "this prediction was never answered: use "
                                    "x:answer(%zu, ...)",
                                    i + 1);
    return true;
}

void pc_asking_fini(struct pc_asking *asking)
{
    pc_value_fini(&asking->args);
    for (size_t i = 0; i < asking->n_predictions; i++)
        for (size_t k = 0; k < asking->predictions[i].n_choices; k++)
            free(asking->predictions[i].choices[k]);
}
