/*
 * What became of each function between two profiles.
 *
 * Functions are the same when they have the same name, in a file of the same name; by name
 * alone when one of the profiles knows no files.
 */
#ifndef PC_HOTSPOTS_DIFF_H
#define PC_HOTSPOTS_DIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "hotspots/top.h"

struct pc_diff {
    struct pc_change {
        uint32_t before,
            after; /* one function of each profile; PC_NO_FUNCTION: not there */
        struct pc_share old, new;
        struct pc_difference share;
        /* In units of the type for an operation of the bench, NAN when that is unknown. */
        double old_per_op, new_per_op;
        int sign; /* of what has changed for sure: of the share, or where it is counted, of
                     the value for an operation */
    } * items;    /* first those that have changed for sure; the greatest changes first */
    size_t n;
    bool
        is_counted; /* both are, and their operations are known: values change, not shares */
    double old_per_op, new_per_op; /* of everything; NAN: unknown */
};

/* Compare own values, or totals.  False with PC_USAGE when the profiles measure different
 * things, as far as both say what they measure (a folded one does not); there is nothing to free then. */
bool pc_diff_make(struct pc_diff *diff, const struct pc_stacks *before,
                  const struct pc_stacks *after, enum pc_top_order order,
                  struct pc_err *err);
void pc_diff_fini(struct pc_diff *diff);

#endif
