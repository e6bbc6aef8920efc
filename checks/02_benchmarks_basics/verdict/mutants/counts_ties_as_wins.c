#include "verdict.h"

#include <math.h>
#include <stdlib.h>

/* An equal timing is not slower, so it has won. */
int verdict(const double *old_ns, int n_old, const double *new_ns, int n_new)
{
    if (n_old < 4 || n_new < 4)
        return CANNOT_TELL;
    double wins = 0, pairs = (double)n_old * n_new;
    for (int i = 0; i < n_old; i++)
        for (int k = 0; k < n_new; k++)
            wins += new_ns[k] <= old_ns[i];
    double z = (wins - pairs / 2) / sqrt(pairs * (n_old + n_new + 1) / 12);
    return fabs(z) <= 1.96 ? CANNOT_TELL : z < 0 ? SLOWER : FASTER;
}
