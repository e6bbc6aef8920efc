#include "model/verdict.h"

#include <stdlib.h>

#include "base/mem.h"

static char *copy_text(const char *s)
{
    return s ? pc_strdup(s) : NULL;
}

void pc_build_copy(struct pc_build *to, const struct pc_build *from)
{
    *to = *from;
    to->trouble = copy_text(from->trouble);
    to->cap = from->n;
    to->items = pc_alloc_array(from->n, sizeof *to->items);
    for (size_t i = 0; i < from->n; i++) {
        to->items[i] = from->items[i];
        to->items[i].text = copy_text(from->items[i].text);
        to->items[i].source = copy_text(from->items[i].source);
    }
}

void pc_tests_copy(struct pc_tests *to, const struct pc_tests *from)
{
    *to = *from;
    to->output = copy_text(from->output);
    to->cap_items = from->n_items;
    to->items = pc_alloc_array(from->n_items, sizeof *to->items);
    for (size_t i = 0; i < from->n_items; i++) {
        to->items[i] = from->items[i];
        to->items[i].test = copy_text(from->items[i].test);
        to->items[i].text = copy_text(from->items[i].text);
    }
}

void pc_verdict_copy(struct pc_verdict *to, const struct pc_verdict *from)
{
    *to = *from;
    to->reason = copy_text(from->reason);
    to->next = copy_text(from->next);
    for (size_t i = 0; i < from->n_goals; i++)
        to->goals[i].sentence = copy_text(from->goals[i].sentence);
}

void pc_build_fini(struct pc_build *build)
{
    for (size_t i = 0; i < build->n; i++) {
        free(build->items[i].text);
        free(build->items[i].source);
    }
    free(build->items);
    free(build->trouble);
    *build = (struct pc_build){0};
}

void pc_tests_fini(struct pc_tests *tests)
{
    for (size_t i = 0; i < tests->n_items; i++) {
        free(tests->items[i].test);
        free(tests->items[i].text);
    }
    free(tests->items);
    free(tests->output);
    *tests = (struct pc_tests){0};
}

void pc_verdict_fini(struct pc_verdict *verdict)
{
    for (size_t i = 0; i < verdict->n_goals; i++)
        free(verdict->goals[i].sentence);
    free(verdict->reason);
    free(verdict->next);
    *verdict = (struct pc_verdict){0};
}

enum pc_code pc_worse_code(enum pc_code a, enum pc_code b)
{
    static const enum pc_code order[] = {PC_INTERRUPTED, PC_READER_GONE, PC_ENVIRONMENT,
                                         PC_USAGE,       PC_NOBUILD,     PC_CRASH,
                                         PC_WRONG,       PC_MISSED,      PC_UNSURE};
    for (size_t i = 0; i < PC_COUNT(order); i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return PC_PASSED;
}
