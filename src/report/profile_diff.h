/*
 * What became of each function between two profiles, as lines for a person.
 */
#ifndef PC_REPORT_PROFILE_DIFF_H
#define PC_REPORT_PROFILE_DIFF_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "report/profile.h"

/* Append each function's share before and now, and their difference with its sign and
 * interval.  Libraries are folded in both unless the view shows everything.  False with
 * PC_USAGE when the two measure different things. */
bool pc_profile_diff_text(const struct pc_profile *before, const struct pc_profile *now,
                          const struct pc_profile_view *view, struct pc_str *out,
                          struct pc_err *err);

#endif
