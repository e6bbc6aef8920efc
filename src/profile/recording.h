/*
 * From the memory that a process has recorded samples into to a profile.
 */
#ifndef PC_PROFILE_RECORDING_H
#define PC_PROFILE_RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/profiled.h"
#include "profile/codemap.h"

/* How the recording was found. */
struct pc_recording_state {
    bool is_whole;         /* the process ended the recording itself */
    enum pc_deafness deaf; /* of any thread */
    unsigned unarmed;      /* threads that could get no timer */
};

/* Make a profile of `size` bytes at `memory` (wire/recording.h); nothing in it is believed, and
 * it may be written to meanwhile.  Times are shares of what the process has used, by its
 * clock.  False when it is no recording; one without samples is a profile without any. */
bool pc_recording_read(const void *memory, size_t size, const struct pc_codemap_spec *spec,
                       struct pc_profile *profile, struct pc_recording_state *state,
                       struct pc_err *err);

/* Of each thread nothing but where it was when it was seen first, its stack; one is one, of the type
 * "threads".  Its labels are its number, "tid", its name, "thread", as name(ctx, tid) tells it, and its
 * own. */
bool pc_recording_read_threads(const void *memory, size_t size,
                               const struct pc_codemap_spec *spec,
                               const char *(*name)(void *ctx, uint32_t tid), void *ctx,
                               struct pc_profile *profile, struct pc_err *err);

#endif
