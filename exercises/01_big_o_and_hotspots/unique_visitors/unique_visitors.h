/*
 * Count how many different badges are in a list.
 */
#ifndef UNIQUE_VISITORS_H
#define UNIQUE_VISITORS_H

#include <stddef.h>
#include <stdint.h>

/*
 * Give the number of different values among the `n` at `badges`: of 7, 3, 7, 7 there are two.
 *
 * Any 64 bits may be a badge, 0 included.  With `n` 0 the answer is 0, and `badges` may be
 * NULL.  The list stays as it is, and nothing is kept of it when the function returns.
 *
 * An implementation that needs memory and cannot have it gives SIZE_MAX and sets errno to
 * ENOMEM; nothing stays allocated then.
 */
size_t count_unique(const uint64_t *badges, size_t n);

#endif
