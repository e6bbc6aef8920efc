/*
 * Between these the calling thread works for whoever watches it, and none of what it allocates or
 * waits for is counted.  They nest.
 */
#ifndef PC_SAMPLING_MUTE_H
#define PC_SAMPLING_MUTE_H

#include <stdbool.h>

extern _Thread_local unsigned pc_mute_depth;

/* An optimizer believes that malloc() looks at nothing of ours, and would take both steps at once. */
static inline void pc_mute(void)
{
    pc_mute_depth++;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

static inline void pc_unmute(void)
{
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    pc_mute_depth--;
}

static inline bool pc_is_muted(void)
{
    return pc_mute_depth > 0;
}

#endif
