/*
 * What became of each function between two profiles, as lines for a person.
 */
#ifndef PC_REPORT_PROFILE_DIFF_H
#define PC_REPORT_PROFILE_DIFF_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "hotspots/diff.h"
#include "report/profile.h"

/* Shares of profiles that are sampled, with the times of an operation beside them when these
 * are known; of those that count everything the values for an operation, of two types. */
struct pc_profile_changes {
    const struct pc_profile *before, *now;
    struct pc_diff diff;
    struct pc_diff beside; /* of another type, in an order of its own; empty when sampled */
    size_t type, other;    /* of both */
    bool by_total, has_times;
    double taken; /* samples of the one before */
};

/* Of what functions take themselves, or altogether.  Libraries are folded in both unless the
 * view shows everything; of counted values it ranks by `view->by`.  False with PC_USAGE when
 * the two measure different things; there is nothing to free then.  Both profiles must
 * outlive it. */
bool pc_profile_changes_make(struct pc_profile_changes *changes,
                             const struct pc_profile *before, const struct pc_profile *now,
                             const struct pc_profile_view *view, struct pc_err *err);
void pc_profile_changes_fini(struct pc_profile_changes *changes);

/* The function of row `i`, and of a change what became of the other type; NULL: nothing is
 * known of that. */
const struct pc_function *
pc_profile_changes_function(const struct pc_profile_changes *changes, size_t i);
const struct pc_change *pc_profile_changes_beside(const struct pc_profile_changes *changes,
                                                  const struct pc_change *change);

/* Append what is compared with what, as a sentence; the titles of the table; and row `i` of
 * it, all without a newline and for `width` columns (0: any number). */
void pc_profile_changes_heading(const struct pc_profile_changes *changes,
                                struct pc_str *out);
void pc_profile_changes_titles(const struct pc_profile_changes *changes, size_t width,
                               struct pc_str *out);
void pc_profile_changes_row(const struct pc_profile_changes *changes, size_t i,
                            size_t width, struct pc_str *out);

/* What is to be known when reading them, a sentence. */
const char *pc_profile_changes_note(const struct pc_profile_changes *changes);

/* Append all of that.  False as above. */
bool pc_profile_diff_text(const struct pc_profile *before, const struct pc_profile *now,
                          const struct pc_profile_view *view, struct pc_str *out,
                          struct pc_err *err);

/* Append that nothing is kept to compare with, and what to do. */
void pc_profile_diff_missing(size_t width, struct pc_str *out);

#endif
