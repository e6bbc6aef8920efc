/*
 * The average of ratios, and of values whose sizes have nothing to do with one another.
 */
#ifndef PC_STATS_GEOMEAN_H
#define PC_STATS_GEOMEAN_H

#include <stddef.h>

/* NAN for no values, and when one of them is not positive and finite. */
double pc_geomean(const double *values, size_t n);

#endif
