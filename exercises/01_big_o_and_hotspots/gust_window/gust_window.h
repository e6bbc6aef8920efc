/*
 * The largest value of each window of neighbours.
 */
#ifndef GUST_WINDOW_H
#define GUST_WINDOW_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Store in out[i] the largest of the `w` values v[i] to v[i + w - 1], for each i for which all
 * of them exist: that makes n - w + 1 values.  Nothing is stored when `w` is 0 or more than
 * `n`.
 *
 * `out` has room for exactly the values that are stored, does not overlap `v`, and what stands
 * in it before means nothing.  `v` stays as it is, and nothing is kept of either when the
 * function returns.
 *
 * Gives true, and false, with errno ENOMEM, only when there was not enough memory; nothing
 * stays allocated then.
 */
bool window_max(const int *v, size_t n, size_t w, int *out);

#endif
