/*
 * One profile of the own process at a time: begun, ended, labelled.
 */
#ifndef PC_PERFPROF_SESSION_H
#define PC_PERFPROF_SESSION_H

#include <stdbool.h>

#include "base/err.h"
#include "model/profile.h"

/* What comes before the first profile: memory and the signal.  False with the reason. */
bool pc_session_prepare(struct pc_err *err);

/* Record all threads.  The profile is to become the file `target`; NULL: no file.  False with
 * the reason when a profile is being taken already, there is no memory, or the signal belongs to
 * somebody else. */
bool pc_session_begin(bool wall, const char *target, struct pc_err *err);

/* Stop; what was recorded is in `profile`, which pc_profile_fini() frees also when this fails.
 * NULL: nobody wants it.  `*target` is the file that it was begun with, which the caller frees;
 * NULL as `target`: it has none.  False when no such profile was begun in this process. */
bool pc_session_end(char **target, struct pc_profile *profile, struct pc_err *err);

bool pc_session_label(const char *key, const char *value, struct pc_err *err);

#endif
