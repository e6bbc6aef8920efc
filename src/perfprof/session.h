/*
 * One profile of the own process at a time: begun, ended, labelled.
 */
#ifndef PC_PERFPROF_SESSION_H
#define PC_PERFPROF_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/profile.h"
#include "sampling/sampler.h"

/* What comes before the first profile: memory and the signal.  False with the reason. */
bool pc_session_prepare(struct pc_err *err);

/* Record all threads.  The profile is to become the file `target`; NULL: no file.  False with
 * the reason when a profile is being taken already, there is no memory, or the signal belongs to
 * somebody else. */
bool pc_session_begin(enum pc_sampler_mode mode, const char *target, struct pc_err *err);

/* Stop; what was recorded is in `profile`, which pc_profile_fini() frees also when this fails.
 * NULL: nobody wants it.  `*target` is the file that it was begun with, which the caller frees;
 * NULL as `target`: it has none.  False when no such profile was begun in this process. */
bool pc_session_end(char **target, struct pc_profile *profile, struct pc_err *err);

/* As pc_session_end() of one without a file that was begun with PC_SAMPLER_ONCE: where each thread is, one sample
 * for each that answers (profile/recording.h); `name` is asked for their names. */
bool pc_session_end_threads(const char *(*name)(void *ctx, uint32_t tid), void *ctx,
                            struct pc_profile *profile, struct pc_err *err);

/* How many threads have been seen by what is recorded now. */
unsigned pc_session_seen(void);

bool pc_session_label(const char *key, const char *value, struct pc_err *err);

#endif
