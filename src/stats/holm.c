#include "stats/holm.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static int by_value(const void *a, const void *b)
{
    double x = **(double *const *)a, y = **(double *const *)b;
    return (x > y) - (x < y);
}

void pc_holm(double *p, size_t n)
{
    if (n == 0)
        return;
    double **order = pc_alloc_array(n, sizeof *order);
    for (size_t i = 0; i < n; i++)
        order[i] = &p[i];
    qsort(order, n, sizeof(double *), by_value);
    double least = 0;
    for (size_t i = 0; i < n; i++)
        *order[i] = least = fmin(1, fmax(least, *order[i] * (double)(n - i)));
    free(order);
}
