/*
 * An allocation profile as lines for a person.
 */
#ifndef PC_REPORT_ALLOC_TEXT_H
#define PC_REPORT_ALLOC_TEXT_H

#include "report/profile.h"

/* As pc_profile_text(), of a profile that pc_alloc_is_counted(). */
bool pc_alloc_text(const struct pc_profiled *found, const struct pc_profile_view *view,
                   struct pc_str *out, struct pc_err *err);

/* Its parts: what was counted and what is to be said of that; and what was never freed, by
 * its lines, nothing when all was. */
void pc_alloc_heading(const struct pc_profiled *found, size_t width, struct pc_str *out);
void pc_alloc_leaks(const struct pc_profiled *found, struct pc_str *out);

#endif
