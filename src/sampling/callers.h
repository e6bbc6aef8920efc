/*
 * Which calls led to here, in a program that was compiled in any way: by the unwinding tables.
 */
#ifndef PC_SAMPLING_CALLERS_H
#define PC_SAMPLING_CALLERS_H

#include "sampling/chain.h"

/* What is loaded at the first use is loaded now, so that later nothing is allocated. */
void pc_callers_prepare(void);

/* The calls from `call` outwards, to where the thread began or as far as the tables go.  Needs no
 * locks of libc.  Without a frame (NULL) that takes longer. */
void pc_callers_take(struct pc_chain *chain, struct pc_call call);

#endif
