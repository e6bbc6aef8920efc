/*
 * What is known of units: from their names, and from lines `Unit NAME key=value...`.
 */
#ifndef PC_BENCHFMT_UNITS_H
#define PC_BENCHFMT_UNITS_H

#include "benchfmt/benchfmt.h"

enum { PC_UNIT_WHY_MAX = 256 };

/* The number of a unit; a new one is known by its name only. */
uint32_t pc_units_number(struct pc_benchfmt *data, const char *unit, size_t n);

/* Take over what a file says of a unit.  False with a sentence in `why` when that means
 * nothing, or the contrary of what was said before; keys that others invented are passed
 * over. */
bool pc_units_learn(struct pc_benchfmt *data, uint32_t unit, const char *key,
                    const char *value, char why[PC_UNIT_WHY_MAX]);

#endif
