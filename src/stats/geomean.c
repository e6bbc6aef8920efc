#include "stats/geomean.h"

#include <math.h>

double pc_geomean(const double *values, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(values[i] > 0) || !isfinite(values[i]))
            return NAN;
        sum += log(values[i]);
    }
    return n > 0 ? exp(sum / (double)n) : NAN;
}
