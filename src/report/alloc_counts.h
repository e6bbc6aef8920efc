/*
 * An allocation profile as a table: each function and line with all of its numbers.
 */
#ifndef PC_REPORT_ALLOC_COUNTS_H
#define PC_REPORT_ALLOC_COUNTS_H

#include "hotspots/lines.h"
#include "hotspots/stacks.h"
#include "hotspots/sums.h"

/* The values of the kind PC_PROFILE_ALLOC (model/profile.h). */
enum pc_alloc_value {
    PC_ALLOC_OBJECTS,
    PC_ALLOC_BYTES,
    PC_ALLOC_LIVE_OBJECTS,
    PC_ALLOC_LIVE_BYTES,
    PC_ALLOC_VALUES
};

struct pc_alloc_counts {
    const struct pc_profile *profile;
    struct pc_alloc_column {
        struct pc_stacks stacks;
        struct pc_sum *functions; /* by their numbers */
        struct pc_lines lines;    /* of the kernel's source */
    } columns[PC_ALLOC_VALUES];
    double per; /* operations, or 1 when their number is not known */
};

/* Whether it is such a profile: what others have sampled, or call otherwise, is not. */
bool pc_alloc_is_counted(const struct pc_profile *profile);

/* `type` of `look` does not matter.  `profile` must outlive them. */
void pc_alloc_counts_init(struct pc_alloc_counts *counts, const struct pc_profile *profile,
                          const struct pc_look *look);
void pc_alloc_counts_fini(struct pc_alloc_counts *counts);

#endif
