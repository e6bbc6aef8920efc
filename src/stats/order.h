/*
 * Order statistics: median, quantiles, and an interval for the median that holds for any
 * distribution.
 *
 * NaN sorts behind everything else, so that an order exists; whoever must not count it has
 * to leave it out before.
 */
#ifndef PC_STATS_ORDER_H
#define PC_STATS_ORDER_H

#include <stddef.h>

void pc_sort(double *values, size_t n);

/* The median of `n` values, the mean of the middle two when n is even; NAN for none.
 * `values` serves as scratch space: its order is lost. */
double pc_median(double *values, size_t n);

/* Quantile q in [0, 1], linear between order statistics (Hyndman and Fan, 1996, type 7);
 * q outside is moved to the nearer end, n = 0 gives NAN.  `values` must be sorted. */
double pc_quantile_sorted(const double *values, size_t n, double q);

/* A confidence interval for the median: the order statistics k and n+1-k with the largest k
 * whose coverage 1 - 2 P(Binomial(n, 1/2) < k) is at least `level` (Conover, 1999).  When
 * no k reaches it the interval is min..max and *coverage tells how much that is.  `values`
 * must be sorted; n = 0 gives NAN. */
struct pc_interval {
    double low, high, coverage;
};
struct pc_interval pc_median_interval(const double *values, size_t n, double level);

/* The narrowest run of order statistics around the middle that covers the median with at
 * least `level`: where one more step to either side would do, the left one is taken, as
 * benchstat does.  An end that lies outside of the sample is infinite: there are too few
 * values, and the coverage is that of the run it belongs to.  `values` must be sorted;
 * n = 0 gives NAN. */
struct pc_interval pc_median_interval_narrow(const double *values, size_t n, double level);

#endif
