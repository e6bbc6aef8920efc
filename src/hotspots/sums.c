#include "hotspots/sums.h"

#include "base/mem.h"

struct pc_sum *pc_sums_make(const struct pc_stacks *stacks, const uint32_t *group, size_t n)
{
    struct pc_sum *sums = pc_alloc_array(n + 1, sizeof *sums);
    PC_AUTO(pc_auto_free) size_t *seen = pc_alloc_array(n + 1, sizeof *seen);
    for (size_t i = 0; i < stacks->n; i++) {
        const struct pc_stack *stack = &stacks->items[i];
        for (size_t k = 0; k < stack->n; k++) {
            uint32_t function = pc_stack_function(stacks, stack, k);
            uint32_t g = group ? group[function] : function;
            if (k == 0)
                sums[g].self += stack->value;
            if (seen[g] != i + 1)
                sums[g].total += stack->value;
            seen[g] = i + 1;
        }
    }
    return sums;
}
