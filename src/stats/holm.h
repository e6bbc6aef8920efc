/*
 * Many tests at once: with twenty of them at 5 % one false alarm is to be expected.
 */
#ifndef PC_STATS_HOLM_H
#define PC_STATS_HOLM_H

#include <stddef.h>

/* Replace the p-values of `n` tests by adjusted ones (Holm, 1979): whoever believes those
 * of at most alpha has a chance of at most alpha to believe a false one among all of them,
 * however the tests depend on each other.  None may be NaN. */
void pc_holm(double *p, size_t n);

#endif
