/*
 * What the server of profiles can tell at once.
 */
#ifndef PC_PERFPROF_PAGES_H
#define PC_PERFPROF_PAGES_H

#include "base/str.h"
#include "model/profile.h"
#include "perfprof/threads_seen.h"

/* Which profiles there are. */
void pc_pages_index(struct pc_str *out);

/* The threads of the process, those that are at the same place together, with their number, state
 * (as in proc(5)), processor time and name, and where that is; `profile` is one of threads
 * (pc_session_end_threads), NULL: it could not be taken. */
void pc_pages_threads(struct pc_str *out, const struct pc_threads_seen *threads,
                      const struct pc_profile *profile);

/* Why there is nothing at `path`; static text. */
const char *pc_pages_missing(const char *path);

#endif
