/*
 * The numbers of a profile that counts everything, for the tables of its screen: each
 * function and line with its values for an operation.
 */
#ifndef PC_TUI_PROFILE_COLUMNS_H
#define PC_TUI_PROFILE_COLUMNS_H

#include "hotspots/lines.h"
#include "hotspots/sums.h"

/* Begins zeroed; without columns it is a profile that is sampled, or nothing was counted. */
struct pc_profile_columns {
    struct pc_profile_column {
        size_t type; /* of the profile's values */
        struct pc_sum *functions;
        struct pc_lines lines;
    } items[PC_PROFILE_VALUES];
    size_t n;
};

/* `look` without its type.  They stand by themselves: nothing in them refers to the profile. */
void pc_profile_columns_make(struct pc_profile_columns *columns,
                             const struct pc_profile *profile, const struct pc_look *look);
void pc_profile_columns_fini(struct pc_profile_columns *columns);

/* The column behind that of `type`, around; itself when there is no other. */
size_t pc_profile_columns_next(const struct pc_profile_columns *columns, size_t type);

#endif
