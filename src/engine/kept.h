/*
 * Profiles of the learner's kernels, kept so that a change can be compared with what was
 * before it.
 *
 * In profiles/EXERCISE/ of the state folder lie, for each bench, size and kind, the latest
 * profile and the latest one of another text, as files for pprof with the source in them.
 * They are a convenience: one that is damaged or gone counts as none, and nothing else
 * depends on them.
 */
#ifndef PC_ENGINE_KEPT_H
#define PC_ENGINE_KEPT_H

#include <stdbool.h>

#include "base/err.h"
#include "engine/engine.h"
#include "model/profiled.h"

/* Keep a profile of the learner's kernel in the place of the latest one, which is kept as
 * the one before unless it is of the same text.  One with nothing in it, or of a kernel that
 * did not come back, is left out.  A failure is told as those of progress are
 * (pc_engine_progress_note). */
void pc_kept_add(struct pc_engine *engine, const struct pc_exercise *exercise,
                 const struct pc_profiled *found);

/* The latest profile of another text than that of `found`, of the same bench, size and kind;
 * the caller frees it (pc_profile_fini).  False when there is none that can be read. */
bool pc_kept_before(const struct pc_engine *engine, const struct pc_exercise *exercise,
                    const struct pc_profiled *found, struct pc_profile *before);

#endif
