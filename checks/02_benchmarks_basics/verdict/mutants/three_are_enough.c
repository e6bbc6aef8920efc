#include "verdict.h"

#include <math.h>
#include <stdlib.h>

static double wins_of(const double *old_ns, int n_old, const double *new_ns, int n_new)
{
    double wins = 0;
    for (int i = 0; i < n_old; i++)
        for (int k = 0; k < n_new; k++)
            wins += new_ns[k] < old_ns[i] ? 1 : new_ns[k] == old_ns[i] ? 0.5 : 0;
    return wins;
}

/* By chance alone three new timings are the first of six in one of ten cases. */
int verdict(const double *old_ns, int n_old, const double *new_ns, int n_new)
{
    if (n_old == 0 || n_new == 0)
        return CANNOT_TELL;
    double pairs = (double)n_old * n_new;
    double z = (wins_of(old_ns, n_old, new_ns, n_new) - pairs / 2) /
               sqrt(pairs * (n_old + n_new + 1) / 12);
    return fabs(z) <= 1.96 ? CANNOT_TELL : z < 0 ? SLOWER : FASTER;
}
