/*
 * What the own process allocates, counted for up to two who ask: the program, and a request.
 */
#ifndef PC_PERFPROF_ALLOCATIONS_H
#define PC_PERFPROF_ALLOCATIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "model/profile.h"

/* Each has its own beginning, and sees what was allocated since. */
enum pc_allocations_user {
    PC_ALLOCATIONS_PROGRAM,
    PC_ALLOCATIONS_REQUEST,
    PC_ALLOCATIONS_USERS
};

/* What comes before the first: forks are watched.  False with the reason. */
bool pc_allocations_prepare(struct pc_err *err);

/* Count for `user`.  The profile is to become the file `target`; NULL: no file.  False with the
 * reason when it is counted for it already, there is no memory, or the program's malloc is not
 * ours to watch. */
bool pc_allocations_begin(enum pc_allocations_user user, const char *target,
                          struct pc_err *err);

/* What was counted so far; its main value is what lives of that in bytes, or all.  False when nothing
 * is counted for this user in this process.  pc_profile_fini() frees `profile` also then. */
bool pc_allocations_read(enum pc_allocations_user user, bool live,
                         struct pc_profile *profile, struct pc_err *err);

/* Count for it no more; `*target` is what it was begun with, which the caller frees.  False when
 * nothing was counted for it in this process. */
bool pc_allocations_end(enum pc_allocations_user user, char **target, struct pc_err *err);

#endif
