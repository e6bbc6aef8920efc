/*
 * What the reports of profiles share: how it was measured, and names.
 */
#ifndef PC_REPORT_PROFILE_PARTS_H
#define PC_REPORT_PROFILE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "hotspots/stacks.h"
#include "model/profiled.h"
#include "report/profile.h"

/* Append a sentence and a newline, broken into lines. */
void pc_profile_sentence(const char *text, size_t width, struct pc_str *out);

/* Append how the profile was taken, how good its shares are, and what is to be said of it:
 * samples that were lost, a kernel that did not come back, too few samples. */
void pc_profile_heading(const struct pc_profiled *found, const struct pc_stacks *stacks,
                        size_t width, struct pc_str *out);

/* The half of the widest interval of a share, in percentage points; 0 when it is exact. */
double pc_profile_precision(const struct pc_stacks *stacks);

/* The parts of that: "join_names at n = 2000", and how a kernel ended that did not come back. */
void pc_profile_add_bench(const struct pc_profiled *found, struct pc_str *out);
void pc_profile_add_crash(const struct pc_crash *crash, size_t width, struct pc_str *out);

/* " 42.0 %" */
void pc_profile_percent(struct pc_str *out, double part);

/* `text` in at most `width` columns, but in 8 of them at least. */
void pc_profile_cut(struct pc_str *out, const char *text, size_t width);

/* How many columns are left of a line of which `used` are taken. */
size_t pc_profile_room(const struct pc_profile_view *view, size_t used);

/* Who calls whom, with shares of all that `stacks` hold. */
void pc_profile_tree(const struct pc_profile_view *view, const struct pc_stacks *stacks,
                     struct pc_str *out);

/* "seventy join.c:12"; the caller owns it. */
char *pc_profile_function_text(const struct pc_function *function);

/* A line of the source as it was profiled, `*n` bytes without the newline; NULL and 0 when
 * there is none. */
const char *pc_profile_source_line(const struct pc_profile *profile, int line, size_t *n);

/* The same, cut to `width` columns and harmless to a terminal; nothing when there is none. */
void pc_profile_add_source(const struct pc_profile *profile, int line, size_t width,
                           struct pc_str *out);

/* The lines of the source from where a function of the kernel begins to the last that was seen,
 * and a few around; false when no line of it was. */
bool pc_profile_range(const struct pc_profile *profile, const char *name, int *first,
                      int *last);

/* False with PC_USAGE, and the nearest names or all that there are, when none has this one. */
bool pc_profile_has_function(const struct pc_profile *profile, const char *name,
                             struct pc_err *err);

#endif
