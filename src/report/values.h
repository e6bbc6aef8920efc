/*
 * The values of a profile that counts everything: what they are called and how they are
 * written, for an operation.
 */
#ifndef PC_REPORT_VALUES_H
#define PC_REPORT_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/units.h"
#include "model/profile.h"

/* "allocs/op"; without "/op" when nobody knows how many operations there were. */
const char *pc_value_title(const struct pc_profile *profile, size_t type,
                           char buf[PC_UNITS_MAX]);

/* The types that have a column of a table, in their order: not those of which everything is 0,
 * nor those that say little beside the others.  Gives how many. */
size_t pc_value_types(const struct pc_profile *profile, size_t types[PC_PROFILE_VALUES]);

/* `value`, which is of all operations, for one of them: "999", "4043425.9", "1.25 us". */
const char *pc_value_format(const struct pc_profile *profile, size_t type, double value,
                            char buf[PC_UNITS_MAX]);

#endif
