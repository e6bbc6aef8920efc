#include "script/remote.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static void order_source(const char *verb, const char *name,
                         const struct pc_script_source *source, const char *experiment,
                         struct pc_str *order)
{
    struct pc_value value = {.kind = PC_TABLE};
    pc_value_add_text(&value, "name", name, strlen(name));
    pc_value_add_text(&value, "source", source->text, source->n);
    if (experiment)
        pc_value_add_text(&value, "experiment", experiment, strlen(experiment));
    pc_message_write(verb, &value, order);
    pc_value_fini(&value);
}

void pc_remote_file(const char *name, const struct pc_script_source *source,
                    struct pc_str *order)
{
    order_source("file", name, source, NULL, order);
}

static bool fail_with_garbage(const char *name, struct pc_err *err)
{
    return pc_fail(err, PC_ENVIRONMENT, "%s: the process that runs it sent garbage", name);
}

/* An error that is told there is told here in one harmless line that begins with the name. */
static bool fail_as_told(const char *name, const struct pc_message *message,
                         struct pc_err *err)
{
    const struct pc_value *told = pc_value_find(&message->value, "text");
    if (!pc_message_is(message, "error") || !told || told->kind != PC_STRING)
        return fail_with_garbage(name, err);
    size_t n = strlen(name);
    PC_AUTO(pc_auto_free) char *text =
        pc_text_harmless(told->text, told->len, sizeof err->msg);
    for (char *p = text; *p; p++)
        if (*p == '\n' || *p == '\t')
            *p = ' ';
    bool named = strncmp(text, name, n) == 0 && text[n] == ':';
    return pc_fail(err, PC_ENVIRONMENT, "%s%s%s", named ? "" : name, named ? "" : ": ",
                   text);
}

bool pc_remote_table(const char *name, struct pc_message *message, struct pc_value *result,
                     struct pc_err *err)
{
    *result = (struct pc_value){0};
    if (!pc_message_is(message, "tree"))
        return fail_as_told(name, message, err);
    if (message->value.kind != PC_TABLE)
        return fail_with_garbage(name, err);
    *result = message->value;
    message->value = (struct pc_value){0};
    return true;
}

void pc_remote_run_init(struct pc_remote_run *run, const char *name)
{
    *run = (struct pc_remote_run){.name = pc_strdup(name)};
    run->asking.name = run->name;
}

void pc_remote_run_fini(struct pc_remote_run *run)
{
    pc_asking_fini(&run->asking);
    free(run->name);
    *run = (struct pc_remote_run){0};
}

void pc_remote_run_begin(const struct pc_remote_run *run,
                         const struct pc_script_source *source, const char *experiment,
                         struct pc_str *order)
{
    order_source("experiment", run->name, source, experiment, order);
}

void pc_remote_run_answer(const struct pc_answer *answer, struct pc_str *order)
{
    struct pc_value value = {.kind = PC_TABLE};
    if (answer->trouble)
        pc_value_add_text(&value, "trouble", answer->trouble, strlen(answer->trouble));
    pc_value_add_number(&value, "value", answer->value);
    pc_value_add_number(&value, "low", answer->low);
    pc_value_add_number(&value, "high", answer->high);
    pc_value_add_number(&value, "choice", (double)answer->choice);
    if (answer->metrics) {
        struct pc_value *metrics = pc_value_add(&value, "metrics");
        metrics->kind = PC_TABLE;
        for (size_t i = 0; i < answer->metrics->n; i++)
            pc_value_add_number(metrics, answer->metrics->items[i].name,
                                answer->metrics->items[i].mean);
    }
    if (answer->fates) {
        struct pc_value *fates = pc_value_add(&value, "fates");
        fates->kind = PC_TABLE;
        for (size_t i = 0; i < answer->fates->n; i++) {
            const struct pc_function_fate *f = &answer->fates->items[i];
            pc_value_add_text(fates, f->function, f->fate, strlen(f->fate));
        }
    }
    /* Lent, not copied. */
    if (answer->table)
        *pc_value_add(&value, "table") = *answer->table;
    pc_message_write("answer", &value, order);
    if (answer->table)
        value.items[value.n - 1].value = (struct pc_value){0};
    pc_value_fini(&value);
}

static const struct pc_verb *find_verb(const char *name)
{
    for (const struct pc_verb *verb = pc_verbs; name && verb->name; verb++)
        if (strcmp(verb->name, name) == 0)
            return verb;
    return NULL;
}

static bool take_request(struct pc_remote_run *run, struct pc_message *message,
                         struct pc_err *err)
{
    static const double lines_max = 1 << 24;
    struct pc_value *value = &message->value, *arguments = NULL;
    const struct pc_verb *verb = find_verb(pc_value_text(value, "verb"));
    const struct pc_value *line = pc_value_find(value, "line");
    for (size_t i = 0; i < value->n; i++)
        if (value->items[i].key && strcmp(value->items[i].key, "arguments") == 0)
            arguments = &value->items[i].value;
    bool at_line =
        line && line->kind == PC_NUMBER && line->number >= 0 && line->number <= lines_max;
    if (!verb || !at_line || !arguments || arguments->kind != PC_TABLE)
        return fail_with_garbage(run->name, err);
    pc_value_fini(&run->asking.args);
    run->asking.args = *arguments;
    *arguments = (struct pc_value){0};
    return pc_asking_request(&run->asking, verb, (int)line->number, err);
}

enum pc_lesson_step pc_remote_run_take(struct pc_remote_run *run,
                                       struct pc_message *message,
                                       const struct pc_request **request,
                                       struct pc_err *err)
{
    if (pc_message_is(message, "request")) {
        *request = &run->asking.request;
        return take_request(run, message, err) ? PC_LESSON_ASKS : PC_LESSON_FAILED;
    }
    if (!pc_message_is(message, "done")) {
        fail_as_told(run->name, message, err);
        return PC_LESSON_FAILED;
    }
    return pc_asking_is_complete(&run->asking, err) ? PC_LESSON_DONE : PC_LESSON_FAILED;
}
