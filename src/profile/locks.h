/*
 * From the tables of a process that waits for its own threads to a profile.
 */
#ifndef PC_PROFILE_LOCKS_H
#define PC_PROFILE_LOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/profiled.h"
#include "profile/codemap.h"

/* Make an exact profile (PC_PROFILE_LOCK) of `size` bytes at `memory` (wire/locks.h), which
 * nobody writes to any more; nothing in it is believed.  Stacks are of those that waited; labels
 * tell the kind of the lock and the line of whom they waited for (model/profile.h).  Calls that might
 * have had to wait are samples of their own, of the one line.  A process that was `stopped` (at that
 * time of CLOCK_MONOTONIC, or 0) has waits that went on until then: they are counted, and told in
 * `stuck`.  `lost` of the profile is the number of waits of which nothing is known,
 * `broken` of those of which outer calls are not.  False when it is
 * no such table; one in which nothing ever waited is a profile without contentions. */
bool pc_locks_read(const void *memory, size_t size, const struct pc_codemap_spec *spec,
                   int64_t stopped, struct pc_profile *profile, struct pc_stuck *stuck,
                   struct pc_err *err);

#endif
