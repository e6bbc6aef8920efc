/*
 * A lock profile as lines for a person.
 */
#ifndef PC_REPORT_LOCK_TEXT_H
#define PC_REPORT_LOCK_TEXT_H

#include "report/profile.h"

/* As pc_profile_text(), of a profile that pc_lock_is_counted(). */
bool pc_lock_text(const struct pc_profiled *found, const struct pc_profile_view *view,
                  struct pc_str *out, struct pc_err *err);

/* What it begins with: how much was waited in all, and what is to be said of that. */
void pc_lock_heading(const struct pc_profiled *found, size_t width, struct pc_str *out);

#endif
