/*
 * The stacks of a profile as they are looked at: one of its values, perhaps one label, and
 * without what the reader does not ask for.
 */
#ifndef PC_HOTSPOTS_STACKS_H
#define PC_HOTSPOTS_STACKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "hotspots/share.h"
#include "model/profile.h"

#define PC_NO_FUNCTION UINT32_MAX

/* Below, the order of functions would be chance. */
enum { PC_SAMPLES_LEAST = 50 };

struct pc_look {
    size_t type;           /* the value that is shown */
    bool hides_host;       /* leave out what runs the bench, and what that does for it */
    bool folds_libraries;  /* count libraries for the function that calls them */
    const uint32_t *label; /* only samples with this label; NULL: all */
};

/* `profile` must outlive them. */
struct pc_stacks {
    const struct pc_profile *profile;
    size_t type;
    struct pc_whole whole; /* what all these stacks make */
    struct pc_stack {
        const uint32_t *frames; /* innermost first */
        size_t n;               /* may be 0 */
        int64_t value;          /* more than 0 */
        size_t sample;          /* of the profile */
    } * items;
    size_t n;
    uint32_t *frames; /* of all stacks */
};

/* A stack without a frame of the kernel or the bench is not hidden, nor are libraries folded
 * that nobody else calls. */
void pc_stacks_init(struct pc_stacks *stacks, const struct pc_profile *profile,
                    const struct pc_look *look);
void pc_stacks_fini(struct pc_stacks *stacks);

/* The function of frame `k` of a stack. */
uint32_t pc_stack_function(const struct pc_stacks *stacks, const struct pc_stack *stack,
                           size_t k);

/* Whether there are enough samples to say what is more than what. */
bool pc_stacks_suffice(const struct pc_stacks *stacks);

/* When they do not suffice: how long to look at the program altogether until there are
 * PC_SAMPLES_LEAST at this rate, in nanoseconds; 0 when that is unknown. */
int64_t pc_stacks_need_ns(const struct pc_stacks *stacks);

/* For sorting: -1, 0, 1 by name, then file, then number. */
int pc_function_order(const struct pc_profile *profile, uint32_t a, uint32_t b);

#endif
