/*
 * Where the own process waits for its threads, counted for up to two who ask: the program, and a
 * request.
 */
#ifndef PC_PERFPROF_WAITS_H
#define PC_PERFPROF_WAITS_H

#include <stdbool.h>

#include "base/err.h"
#include "model/profile.h"

/* Each has its own beginning, and sees what was waited since. */
enum pc_waits_user { PC_WAITS_PROGRAM, PC_WAITS_REQUEST, PC_WAITS_USERS };

/* What comes before the first: forks are watched.  False with the reason. */
bool pc_waits_prepare(struct pc_err *err);

/* Count for `user`.  The profile is to become the file `target`; NULL: no file.  False with the
 * reason when it is counted for it already, there is no memory, or a sanitizer watches locks. */
bool pc_waits_begin(enum pc_waits_user user, const char *target, struct pc_err *err);

/* What was counted so far: of waits that have ended.  False when nothing is counted for this user in
 * this process.  pc_profile_fini() frees `profile` also then. */
bool pc_waits_read(enum pc_waits_user user, struct pc_profile *profile, struct pc_err *err);

/* Count for it no more; `*target` is what it was begun with, which the caller frees.  False when
 * nothing was counted for it in this process. */
bool pc_waits_end(enum pc_waits_user user, char **target, struct pc_err *err);

#endif
