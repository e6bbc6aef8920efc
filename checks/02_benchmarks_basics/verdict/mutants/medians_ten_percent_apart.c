#include "verdict.h"

#include <math.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double *v, int n)
{
    double sorted[50];
    for (int i = 0; i < n; i++)
        sorted[i] = v[i];
    qsort(sorted, (size_t)n, sizeof sorted[0], by_value);
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

/* Ten percent are always a difference, and less is never one. */
int verdict(const double *old_ns, int n_old, const double *new_ns, int n_new)
{
    if (n_old < 4 || n_new < 4)
        return CANNOT_TELL;
    double ratio = median(new_ns, n_new) / median(old_ns, n_old);
    return ratio < 0.9 ? FASTER : ratio > 1 / 0.9 ? SLOWER : CANNOT_TELL;
}
