/*
 * An interval for a share of which some were counted.
 */
#ifndef PC_STATS_WILSON_H
#define PC_STATS_WILSON_H

#include "stats/order.h"

/* The score interval (Wilson, 1927) at `level` for the probability of which `hits` of `n`
 * trials are known; hits may be fractional, at most n.  n = 0 gives 0 to 1. */
struct pc_interval pc_wilson(double hits, double n, double level);

#endif
