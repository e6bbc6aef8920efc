/*
 * Do two samples come from the same distribution?  The two-sided U test (Mann and Whitney,
 * 1947), which assumes nothing of how the values are distributed.
 *
 * U counts the pairs in which the value of x is the greater one, a tie as half a pair.  The
 * p-value is how often U is at least as far from its middle, n_x n_y / 2, when the same
 * values are dealt to the two samples at random.
 */
#ifndef PC_STATS_MANN_WHITNEY_H
#define PC_STATS_MANN_WHITNEY_H

#include <stdbool.h>
#include <stddef.h>

/* Up to this many values in each sample all deals are counted, with ties as well (Klotz,
 * 1966).  Beyond it p comes from the normal distribution, with the corrections for ties and
 * for continuity. */
enum { PC_MANN_WHITNEY_EXACT = 50 };

struct pc_mann_whitney {
    double u, p;
    bool exact;
    bool all_equal; /* every value is the same one: p is 1, whatever is true */
};

/* Both samples are sorted and without NaN; an empty one gives NAN for u and p. */
struct pc_mann_whitney pc_mann_whitney(const double *x, size_t n_x, const double *y,
                                       size_t n_y);

/* The least p that samples of these sizes can give: that of two which do not overlap. */
double pc_mann_whitney_least(size_t n_x, size_t n_y);

#endif
