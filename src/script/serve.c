#include "script/serve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/asking.h"
#include "script/run.h"
#include "script/sandbox.h"

static bool give_up(struct pc_str *out, const char *text)
{
    struct pc_value value = {.kind = PC_TABLE};
    pc_value_add_text(&value, "text", text, strlen(text));
    pc_message_write("error", &value, out);
    pc_value_fini(&value);
    return false;
}

static bool run_file(const char *name, const struct pc_value *source, struct pc_str *out)
{
    struct pc_err err;
    struct pc_value value;
    bool ok = pc_sandbox_run_text(name, source->text, source->len, &value, &err);
    if (ok)
        pc_message_write("tree", &value, out);
    else
        give_up(out, err.msg);
    pc_value_fini(&value);
    return false;
}

static const char *verb_of(const struct pc_request *request)
{
    const struct pc_verb *verb = pc_verbs;
    while (verb->kind != request->kind)
        verb++;
    return verb->name;
}

static void hand_on(const struct pc_serve *serve, const struct pc_request *request,
                    struct pc_str *out)
{
    struct pc_value value = {.kind = PC_TABLE};
    const char *verb = verb_of(request);
    pc_value_add_text(&value, "verb", verb, strlen(verb));
    pc_value_add_number(&value, "line", request->line);
    /* Lent, not copied. */
    *pc_value_add(&value, "arguments") = pc_lesson_run_asking(serve->run)->args;
    pc_message_write("request", &value, out);
    value.items[value.n - 1].value = (struct pc_value){0};
    pc_value_fini(&value);
}

static bool go_on(struct pc_serve *serve, const struct pc_answer *answer,
                  struct pc_str *out)
{
    static const struct pc_value nothing = {.kind = PC_TABLE};
    const struct pc_request *request;
    struct pc_err err;
    switch (pc_lesson_run_next(serve->run, answer, &request, &err)) {
    case PC_LESSON_ASKS:
        hand_on(serve, request, out);
        return true;
    case PC_LESSON_DONE:
        pc_message_write("done", &nothing, out);
        return false;
    case PC_LESSON_FAILED:
        break;
    }
    return give_up(out, err.msg);
}

static bool take_answer(struct pc_serve *serve, const struct pc_value *value,
                        struct pc_str *out)
{
    const struct pc_value *list = pc_value_find(value, "metrics");
    struct pc_metrics metrics = {0};
    for (size_t i = 0; list && i < list->n && metrics.n < PC_METRICS_MAX; i++) {
        struct pc_metric *metric = &metrics.items[metrics.n++];
        snprintf(metric->name, sizeof metric->name, "%s", list->items[i].key);
        metric->mean = list->items[i].value.number;
    }
    struct pc_fates fates = {0};
    const struct pc_value *told = pc_value_find(value, "fates");
    for (size_t i = 0; told && i < told->n; i++)
        *PC_PUSH(&fates) =
            (struct pc_function_fate){told->items[i].key, told->items[i].value.text};
    const struct pc_answer answer = {.trouble = pc_value_text(value, "trouble"),
                                     .value = pc_value_number(value, "value", 0),
                                     .low = pc_value_number(value, "low", 0),
                                     .high = pc_value_number(value, "high", 0),
                                     .choice = (size_t)pc_value_number(value, "choice", 0),
                                     .metrics = &metrics,
                                     .fates = told ? &fates : NULL,
                                     .table = pc_value_find(value, "table")};
    bool more = go_on(serve, &answer, out);
    free(fates.items);
    return more;
}

/* The program's orders are trusted to be as message.h says. */
bool pc_serve_take(struct pc_serve *serve, const struct pc_message *order,
                   struct pc_str *out)
{
    const struct pc_value *value = &order->value;
    if (serve->run)
        return take_answer(serve, value, out);
    const char *name = pc_value_text(value, "name");
    const struct pc_value *source = pc_value_find(value, "source");
    if (pc_message_is(order, "file"))
        return run_file(name, source, out);
    struct pc_err err;
    serve->run = pc_lesson_run_create_of(name, source->text, source->len,
                                         pc_value_text(value, "experiment"), &err);
    return serve->run ? go_on(serve, NULL, out) : give_up(out, err.msg);
}

void pc_serve_fini(struct pc_serve *serve)
{
    pc_lesson_run_free(serve->run);
    serve->run = NULL;
}
