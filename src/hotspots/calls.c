#include "hotspots/calls.h"

#include <stdlib.h>

#include "base/mem.h"

static int compare_calls(const void *a, const void *b, void *profile)
{
    const struct pc_call *p = a, *q = b;
    if (p->share.value != q->share.value)
        return p->share.value > q->share.value ? -1 : 1;
    if (p->function == PC_NO_FUNCTION || q->function == PC_NO_FUNCTION)
        return (p->function == PC_NO_FUNCTION) - (q->function == PC_NO_FUNCTION);
    return pc_function_order(profile, p->function, q->function);
}

/* `values` are those of all functions; that of nobody is the last. */
static void list_calls(struct pc_call_list *list, const struct pc_stacks *stacks,
                       const int64_t *values)
{
    size_t n = stacks->profile->functions.n;
    list->items = pc_alloc_array(n + 1, sizeof *list->items);
    for (size_t i = 0; i <= n; i++) {
        if (values[i] > 0)
            list->items[list->n++] =
                (struct pc_call){.function = i < n ? (uint32_t)i : PC_NO_FUNCTION,
                                 .share = pc_share_of(values[i], &stacks->whole)};
    }
    qsort_r(list->items, list->n, sizeof *list->items, compare_calls,
            (void *)stacks->profile);
}

void pc_calls_make(struct pc_calls *calls, const struct pc_stacks *stacks,
                   uint32_t function)
{
    size_t n = stacks->profile->functions.n;
    PC_AUTO(pc_auto_free) int64_t *callers = pc_alloc_array(n + 1, sizeof *callers);
    PC_AUTO(pc_auto_free) int64_t *callees = pc_alloc_array(n + 1, sizeof *callees);
    int64_t self = 0, total = 0;
    for (size_t i = 0; i < stacks->n; i++) {
        const struct pc_stack *stack = &stacks->items[i];
        size_t inner = 0, outer = stack->n;
        while (inner < stack->n && pc_stack_function(stacks, stack, inner) != function)
            inner++;
        if (inner == stack->n)
            continue;
        while (pc_stack_function(stacks, stack, outer - 1) != function)
            outer--;
        total += stack->value;
        if (inner == 0)
            self += stack->value;
        else
            callees[pc_stack_function(stacks, stack, inner - 1)] += stack->value;
        callers[outer == stack->n ? n : pc_stack_function(stacks, stack, outer)] +=
            stack->value;
    }
    *calls = (struct pc_calls){.self = pc_share_of(self, &stacks->whole),
                               .total = pc_share_of(total, &stacks->whole)};
    list_calls(&calls->callers, stacks, callers);
    list_calls(&calls->callees, stacks, callees);
}

void pc_calls_fini(struct pc_calls *calls)
{
    free(calls->callers.items);
    free(calls->callees.items);
    *calls = (struct pc_calls){0};
}
