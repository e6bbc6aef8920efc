/*
 * Which of the values in a file of pprof's format are kept, and what kind of profile it is.
 */
#ifndef PC_PROFILE_PPROF_TYPES_H
#define PC_PROFILE_PPROF_TYPES_H

#include <stddef.h>

#include "model/profile.h"

/* Begin `profile` with those of the `n` >= 1 types of a file that a profile here can have.
 * `slots` gets for each where its value goes, PC_PROFILE_VALUES: nowhere.  The types of a kind
 * that is known come in its order; otherwise the first ones, and the one called
 * `default_name`, which is the main one, or the last when none is. */
void pc_pprof_begin(struct pc_profile *profile, const struct pc_value_type *types, size_t n,
                    const char *default_name, size_t *slots);

#endif
