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

/* Where all are equal nothing varies, and 0 / 0 is not small. */
int verdict(const double *old_ns, int n_old, const double *new_ns, int n_new)
{
    if (n_old < 4 || n_new < 4)
        return CANNOT_TELL;
    double pairs = (double)n_old * n_new;
    double off = wins_of(old_ns, n_old, new_ns, n_new) - pairs / 2;
    double spread = 0;
    for (int i = 0; i < n_old; i++)
        spread += fabs(old_ns[i] - old_ns[0]) + fabs(new_ns[i % n_new] - old_ns[0]);
    double z = spread > 0 ? off / sqrt(pairs * (n_old + n_new + 1) / 12) : spread / spread;
    return fabs(z) <= 1.96 ? CANNOT_TELL : z < 0 ? SLOWER : FASTER;
}
