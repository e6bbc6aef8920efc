/*
 * Profiles for tests: by hand, at random, and as text.
 */
#ifndef PROFILE_BED_H
#define PROFILE_BED_H

#include <stdint.h>

#include "base/rng.h"
#include "model/profile.h"

/* Add `value` at a stack, the outermost frame first: "!main;+bench:3;sort:10;cmp:20*;.memcmp".
 * A function has its line behind ':', and '*' when it is inlined; what begins with '!' is the
 * host's, '+' the bench's, '.' a library's, and anything else the kernel's, in "sort.c".  A
 * label "key=value" may be NULL.  Of profiles with two values the first is 1 of each `unit`. */
void bed_add(struct pc_profile *profile, const char *stack, const char *label,
             int64_t value, int64_t unit);

/* A cpu profile with 4 ms a sample of `n` stacks, of which each is taken `counts[i]` times. */
struct bed_stack {
    const char *stack;
    int64_t count;
    const char *label;
};
void bed_profile(struct pc_profile *profile, const struct bed_stack *stacks, size_t n);

/* 200 samples: sort calls cmp, which is inlined and calls memcmp; fib calls itself. */
enum { BED_SORTS = 5 };
extern const struct bed_stack bed_sorts[BED_SORTS];

/* The number of the function with this name, which must be there. */
uint32_t bed_function(const struct pc_profile *profile, const char *name);

/* Everything that a profile may have, at random; recursion, inlined functions, labels. */
void bed_random(struct pc_profile *profile, enum pc_profile_kind kind, struct pc_rng *rng);

/* All that a profile says as text, in which numbers of functions and the order of samples do
 * not matter; the caller owns it. */
char *bed_dump(const struct pc_profile *profile);

#endif
