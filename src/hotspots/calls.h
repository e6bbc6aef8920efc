/*
 * Who calls a function, and whom it calls.
 *
 * Each stack counts once: for the caller of the outermost call of the function, and for what
 * its innermost one calls.  So the callers add up to its total, and so do the callees and its
 * own value.
 */
#ifndef PC_HOTSPOTS_CALLS_H
#define PC_HOTSPOTS_CALLS_H

#include <stddef.h>
#include <stdint.h>

#include "hotspots/stacks.h"

struct pc_call {
    uint32_t function; /* PC_NO_FUNCTION: as a caller, nobody: it is the outermost */
    struct pc_share share;
};

struct pc_calls {
    struct pc_share self, total;
    struct pc_call_list {
        struct pc_call *items; /* the greatest are first */
        size_t n;
    } callers, callees;
};

void pc_calls_make(struct pc_calls *calls, const struct pc_stacks *stacks,
                   uint32_t function);
void pc_calls_fini(struct pc_calls *calls);

#endif
