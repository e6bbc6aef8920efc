/*
 * Which calls led to an allocation.
 *
 * Code of the kernel's object is compiled with frame pointers for this, so that its frames are
 * a list: a few nanoseconds each.  libc has none.  Where it stands in between (strdup, qsort)
 * the stack is unwound by the tables for exceptions, which takes about a microsecond.
 */
#ifndef PC_HOST_CHAIN_H
#define PC_HOST_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/object.h"
#include "wire/sites.h"

/* A call as the function that is called sees it. */
struct pc_call {
    const void *caller;     /* its return address */
    const uintptr_t *frame; /* its frame: that of its caller, and the return address */
};
#define PC_CALL_HERE \
    ((struct pc_call){.caller = __builtin_return_address(0), \
                      .frame = __builtin_frame_address(0)})

/* Of recursion that goes deeper than PC_SITES_DEPTH each call of a line is there once. */
struct pc_chain {
    uint64_t hash; /* never 0 */
    uint32_t n;
    bool is_folded;                     /* no address is there twice */
    bool is_cut;                        /* outer calls are missing */
    uint64_t addresses[PC_SITES_DEPTH]; /* of returns, innermost first */
};

/* The stack of the calling thread ends at `top`; other threads are asked for theirs. */
void pc_chain_enter(const void *top);

/* Follow the calls from `call` outwards to the bench, or to where a thread began.  It may
 * allocate, so counting must be off. */
void pc_chain_take(struct pc_chain *chain, struct pc_call call,
                   const struct pc_object *object);

/* Leave out of recursion what is there twice. */
void pc_chain_fold(struct pc_chain *chain);

/* Leave out all outside of the kernel's innermost call. */
void pc_chain_shorten(struct pc_chain *chain, const struct pc_object *object);

#endif
