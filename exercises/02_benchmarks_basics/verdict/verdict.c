#include "verdict.h"

static double mean(const double *v, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += v[i];
    return sum / n;
}

int verdict(const double *old_ns, int n_old, const double *new_ns, int n_new)
{
    if (n_old < 4 || n_new < 4)
        return CANNOT_TELL;
    double before = mean(old_ns, n_old), after = mean(new_ns, n_new);
    if (after < before * 0.98)
        return FASTER;
    if (before < after * 0.98)
        return SLOWER;
    return CANNOT_TELL;
}
