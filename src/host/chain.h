/*
 * Which calls led to an allocation.
 *
 * Code of the kernel's object is compiled with frame pointers for this, so that its frames are
 * a list: a few nanoseconds each.  libc has none.  Where it stands in between (strdup, qsort)
 * the stack is unwound by the tables for exceptions, which takes about a microsecond.
 */
#ifndef PC_HOST_CHAIN_H
#define PC_HOST_CHAIN_H

#include "host/object.h"
#include "sampling/chain.h"

/* The stack of the calling thread ends at `top`; other threads are asked for theirs. */
void pc_chain_enter(const void *top);

/* Follow the calls from `call` outwards to the bench, or to where a thread began.  It may
 * allocate, so counting must be off. */
void pc_chain_take(struct pc_chain *chain, struct pc_call call,
                   const struct pc_object *object);

#endif
