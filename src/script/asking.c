#include "script/asking.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "script/study.h"

/* The longest that an author may let a single measurement take. */
enum { BUDGET_MAX_MS = 60000, OPS_MAX = 100000 };

static const char *text_of(const struct pc_value *args, const char *key)
{
    const struct pc_value *v = pc_value_find(args, key);
    return v ? v->text : NULL;
}

static double number_of(const struct pc_value *args, const char *key, double missing)
{
    const struct pc_value *v = pc_value_find(args, key);
    return v ? v->number : missing;
}

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

static bool read_bench(struct pc_asking *asking, const struct pc_document *doc)
{
    const struct pc_value *args = &asking->args;
    struct pc_request *r = &asking->request;
    r->file = text_of(args, "file");
    r->bench = text_of(args, "bench");
    r->bench = r->bench ? r->bench : "";
    r->size = (size_t)number_of(args, "n", 0);
    double budget = number_of(args, "budget", 0), ops = number_of(args, "ops", 0);
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
    r->cc = text_of(args, "cc");
    if (r->cc && strcmp(r->cc, "gcc") != 0 && strcmp(r->cc, "clang") != 0)
        return pc_document_fail(doc, args->line, "cc must be gcc or clang, got \"%s\"",
                                r->cc);
    return read_code(asking, doc, pc_value_find(args, "code"));
}

static bool read_predict(struct pc_asking *asking, const struct pc_document *doc)
{
    const struct pc_value *args = &asking->args;
    const struct pc_value *choices = pc_value_find(args, "choices");
    const struct pc_value *values = pc_value_find(args, "values");
    struct pc_request *r = &asking->request;
    if (asking->n_predictions == PC_PREDICTIONS_MAX)
        return pc_document_fail(doc, args->line, "there are at most %d predictions",
                                PC_PREDICTIONS_MAX);
    if (values && values->n != choices->n)
        return pc_document_fail(doc, args->line, "%zu choices need %zu values, not %zu",
                                choices->n, choices->n, values->n);
    r->right = (size_t)number_of(args, "answer", 0);
    if (r->right > choices->n)
        return pc_document_fail(doc, args->line, "answer is %zu, but there are %zu choices",
                                r->right, choices->n);
    struct pc_asked_prediction *p = &asking->predictions[asking->n_predictions++];
    *p = (struct pc_asked_prediction){
        .line = args->line, .n_choices = choices->n, .answered = r->right > 0};
    for (size_t i = 0; i < choices->n; i++) {
        asking->choices[i] = choices->items[i].value.text;
        p->values[i] = values ? values->items[i].value.number : NAN;
    }
    r->prediction = asking->n_predictions;
    r->question = text_of(args, "question");
    r->choices = asking->choices;
    r->n_choices = choices->n;
    r->text = text_of(args, "why");
    return true;
}

/* The choice whose value is nearest to `found`, as a ratio. */
static size_t nearest(const struct pc_asked_prediction *p, double found)
{
    size_t best = 0;
    double least = INFINITY;
    for (size_t i = 0; i < p->n_choices; i++) {
        double off = fabs(log(p->values[i]) - log(found));
        if (off < least) {
            least = off;
            best = i;
        }
    }
    return best + 1;
}

static bool read_answer(struct pc_asking *asking, const struct pc_document *doc)
{
    const struct pc_value *args = &asking->args;
    struct pc_request *r = &asking->request;
    r->prediction = (size_t)number_of(args, "prediction", 0);
    double found = number_of(args, "right", 0);
    if (r->prediction > asking->n_predictions)
        return pc_document_fail(doc, args->line, "there is no prediction %zu",
                                r->prediction);
    struct pc_asked_prediction *p = &asking->predictions[r->prediction - 1];
    if (p->answered)
        return pc_document_fail(doc, args->line, "prediction %zu was answered already",
                                r->prediction);
    if (!isnan(p->values[0])) {
        if (found <= 0)
            return pc_document_fail(doc, args->line, "a value found must be positive");
        r->right = nearest(p, found);
        r->value = found;
    } else if (found < 1 || found > (double)p->n_choices || found != floor(found)) {
        return pc_document_fail(doc, args->line,
                                "the right choice is a number from 1 to %zu, got %g",
                                p->n_choices, found);
    } else {
        r->right = (size_t)found;
    }
    p->answered = true;
    r->text = text_of(args, "why");
    return true;
}

static bool read_series(struct pc_asking *asking, const struct pc_document *doc)
{
    (void)doc;
    const struct pc_value *args = &asking->args;
    struct pc_request *r = &asking->request;
    r->series = text_of(args, "series");
    r->x = number_of(args, "x", 0);
    r->y = number_of(args, "y", 0);
    r->low = number_of(args, "low", NAN);
    r->high = number_of(args, "high", NAN);
    r->last = (size_t)number_of(args, "last", 0);
    return true;
}

static bool read_note(struct pc_asking *asking, const struct pc_document *doc)
{
    (void)doc;
    asking->request.text = text_of(&asking->args, "text");
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
    {.key = "right", .type = PC_SHAPE_NUMBER, .required = true},
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

#define SHAPE(rules) \
    { \
        rules, PC_COUNT(rules), NULL \
    }

const struct pc_verb pc_verbs[] = {
    {"measure", PC_REQUEST_MEASURE, true, SHAPE(measure_rules), read_bench},
    {"count", PC_REQUEST_COUNT, true, SHAPE(count_rules), read_bench},
    {"latency", PC_REQUEST_LATENCY, true, SHAPE(latency_rules), read_bench},
    {"escape", PC_REQUEST_ESCAPE, true, SHAPE(escape_rules), read_bench},
    {"predict", PC_REQUEST_PREDICT, true, SHAPE(predict_rules), read_predict},
    {"answer", PC_REQUEST_ANSWER, false, SHAPE(answer_rules), read_answer},
    {"point", PC_REQUEST_POINT, false, SHAPE(point_rules), read_series},
    {"slope", PC_REQUEST_SLOPE, false, SHAPE(slope_rules), read_series},
    {"note", PC_REQUEST_NOTE, false, SHAPE(note_rules), read_note},
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
}
