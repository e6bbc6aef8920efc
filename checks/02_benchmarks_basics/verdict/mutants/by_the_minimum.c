#include "verdict.h"

#include <math.h>
#include <stdlib.h>

static double least(const double *v, int n)
{
    double min = v[0];
    for (int i = 1; i < n; i++)
        min = fmin(min, v[i]);
    return min;
}

/* The fastest run is the true one, they say. */
int verdict(const double *old_ns, int n_old, const double *new_ns, int n_new)
{
    if (n_old < 4 || n_new < 4)
        return CANNOT_TELL;
    double ratio = least(new_ns, n_new) / least(old_ns, n_old);
    return ratio < 0.985 ? FASTER : ratio > 1 / 0.985 ? SLOWER : CANNOT_TELL;
}
