#include "model/verdict.h"

#include <stdlib.h>

#include "base/mem.h"

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
    static const enum pc_code order[] = {PC_INTERRUPTED, PC_ENVIRONMENT, PC_USAGE,
                                         PC_NOBUILD,     PC_CRASH,       PC_WRONG,
                                         PC_MISSED,      PC_UNSURE};
    for (size_t i = 0; i < PC_COUNT(order); i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return PC_PASSED;
}
