/*
 * From the table of call chains of a process that allocates to a profile.
 */
#ifndef PC_PROFILE_ALLOCS_H
#define PC_PROFILE_ALLOCS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/profiled.h"
#include "profile/codemap.h"

/* Make an exact profile (PC_PROFILE_ALLOC) of `size` bytes at `memory` (wire/sites.h), which
 * nobody writes to any more; nothing in it is believed.  `broken` of the profile is the number
 * of objects of which outer calls are not known, `lost` of those of which nothing is known;
 * they are in a sample without frames.  `leaks` gets those places that have leaked most.  False
 * when it is no such table; one without allocations is a profile without samples. */
bool pc_allocs_read(const void *memory, size_t size, const struct pc_codemap_spec *spec,
                    struct pc_profile *profile, struct pc_leaks *leaks, struct pc_err *err);

#endif
