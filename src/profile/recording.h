/*
 * From the memory that a process has recorded samples into to a profile.
 */
#ifndef PC_PROFILE_RECORDING_H
#define PC_PROFILE_RECORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/profile.h"
#include "profile/codemap.h"

/* How the recording was found. */
struct pc_recording_state {
    bool is_whole;    /* the process ended the recording itself */
    bool blocked;     /* a thread had the signal blocked */
    unsigned unarmed; /* threads that could get no timer */
};

/* Make a profile of `size` bytes at `memory` (wire/recording.h), which nobody writes to any
 * more; nothing in it is believed.  Times are shares of what the process has used, by its
 * clock.  False when it is no recording; one without samples is a profile without any. */
bool pc_recording_read(const void *memory, size_t size, const struct pc_codemap_spec *spec,
                       struct pc_profile *profile, struct pc_recording_state *state,
                       struct pc_err *err);

#endif
