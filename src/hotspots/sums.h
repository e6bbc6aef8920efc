/*
 * What the functions of stacks, or groups of them, have themselves and altogether.
 */
#ifndef PC_HOTSPOTS_SUMS_H
#define PC_HOTSPOTS_SUMS_H

#include "hotspots/stacks.h"

struct pc_sum {
    int64_t self;  /* of stacks of which it is the innermost */
    int64_t total; /* of stacks in which it is, each once */
};

/* Sums of `n` groups, of which group[f] is that of function f; NULL: each function is one.
 * The caller frees them. */
struct pc_sum *pc_sums_make(const struct pc_stacks *stacks, const uint32_t *group,
                            size_t n);

#endif
