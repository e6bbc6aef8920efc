/*
 * The files that profiles become.
 */
#ifndef PC_PERFPROF_TARGET_H
#define PC_PERFPROF_TARGET_H

#include <stdbool.h>

#include "base/err.h"
#include "model/profile.h"

/* Where `file` will be, whatever folder the program goes to; the caller frees it.  NULL with the
 * reason when it cannot be made: what would fail at the end is better told at the beginning. */
char *pc_target_find(const char *file, struct pc_err *err);

/* Write it: folded stacks of the main value when its name ends in ".folded", otherwise pprof's
 * format. */
bool pc_target_write(const char *path, const struct pc_profile *profile,
                     struct pc_err *err);

#endif
