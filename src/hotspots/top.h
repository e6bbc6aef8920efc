/*
 * Which functions a profile is made of.
 *
 * A function's own share ("here") is that of the stacks in which it is the innermost; its
 * total ("here and below") that of all stacks in which it is, once each, however often it
 * calls itself.
 */
#ifndef PC_HOTSPOTS_TOP_H
#define PC_HOTSPOTS_TOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotspots/stacks.h"

enum pc_top_order { PC_TOP_BY_SELF, PC_TOP_BY_TOTAL };

struct pc_top {
    struct pc_top_row {
        uint32_t function;
        struct pc_share self, total;
        unsigned rank; /* from 1, the same for a tie; 0: there are too few samples to say */
        bool is_tied;  /* other rows have this rank, too */
    } * items;
    size_t n;
    bool is_settled; /* one function is first, and no other may be */
};

/* The greatest are first.  Rows are a tie with the first of their rank when their intervals
 * overlap; in exact profiles when they are equal. */
void pc_top_make(struct pc_top *top, const struct pc_stacks *stacks,
                 enum pc_top_order order);
void pc_top_fini(struct pc_top *top);

#endif
