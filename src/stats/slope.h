/*
 * How something grows: the exponent k of y = c x^k, by least squares of ln y on ln x.
 */
#ifndef PC_STATS_SLOPE_H
#define PC_STATS_SLOPE_H

#include <stdbool.h>
#include <stddef.h>

/* low..high is the 95 % interval of Student's t with n - 2 degrees of freedom, as for
 * independent errors of equal size; NAN for two points, which always lie on a line. */
struct pc_slope {
    double value, low, high;
};

/* Fit `n` points.  False, and nothing is stored, when that is not possible: fewer than two
 * different x, or a coordinate that is not positive and finite. */
bool pc_slope_fit(const double *x, const double *y, size_t n, struct pc_slope *slope);

#endif
