#include "sampling/callers.h"

#include <execinfo.h>

/* Frames that are looked at: of recursion all calls of one line are one address in the end. */
enum { WALKED = 256 };

void pc_callers_prepare(void)
{
    void *stack[2];
    backtrace(stack, 2);
}

/* Those of the profiler itself are inside of the call. */
void pc_callers_take(struct pc_chain *chain, struct pc_call call)
{
    void *stack[WALKED];
    int n = backtrace(stack, WALKED), i = 0;
    pc_chain_begin(chain);
    while (i < n && stack[i] != call.caller)
        i++;
    if (i == n)
        chain->is_cut = !pc_chain_add(chain, (uintptr_t)call.caller) || n == WALKED;
    for (; i < n && !chain->is_cut; i++)
        chain->is_cut = !pc_chain_add(chain, (uintptr_t)stack[i]);
    chain->is_cut |= n == WALKED;
    pc_chain_finish(chain);
}
