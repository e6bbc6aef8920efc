/*
 * Profiles, as lines for a person and as JSON.
 */
#ifndef PC_REPORT_PROFILE_H
#define PC_REPORT_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "model/profiled.h"

struct pc_profile_view {
    size_t width;  /* of the screen; 0: lines are never broken */
    size_t top;    /* functions, at most */
    size_t by;     /* of allocations: the value to rank by, as of model/profile.h */
    bool by_total; /* the greatest with what they call are first */
    bool tree;     /* also who called whom */
    const char
        *function;   /* also the source of this function; NULL: the lines that took most */
    bool everything; /* libraries and the host are not folded into their callers */
    const struct pc_profile *before; /* what to compare it with, or NULL */
    bool brief;                      /* in a lesson: no option is named, */
    size_t lines;                    /* and there are so many lines of the kernel at most */
};

/* Append what was found: how it was measured and how far it can be trusted, functions, lines
 * of the kernel, and what `view` asks for.  False when there is no function of that name,
 * or the profile before measures something else; then `err` says so. */
bool pc_profile_text(const struct pc_profiled *found, const struct pc_profile_view *view,
                     struct pc_str *out, struct pc_err *err);

/* The same as one JSON document (docs/json.md), which the caller owns; NULL when the profile
 * `before` (or NULL) measures something else. */
char *pc_profile_json(const struct pc_profiled *found, const char *exercise,
                      const struct pc_profile *before, enum pc_code code,
                      struct pc_err *err);

#endif
