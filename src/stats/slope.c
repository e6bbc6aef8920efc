#include "stats/slope.h"

#include <math.h>

/* The 97.5 % quantile of Student's t.  Beyond the table, the first two terms of its
 * expansion in 1/df (Fisher and Cornish, 1960), which are right to three digits there. */
static double t_quantile(size_t df)
{
    static const double table[] = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
        2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    };
    if (df <= sizeof table / sizeof table[0])
        return table[df - 1];
    const double z = 1.959964;
    return z + (z * z * z + z) / (4 * (double)df);
}

static bool is_positive(double v)
{
    return isfinite(v) && v > 0;
}

bool pc_slope_fit(const double *x, const double *y, size_t n, struct pc_slope *slope)
{
    double mean_x = 0, mean_y = 0, xx = 0, xy = 0, rest = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_positive(x[i]) || !is_positive(y[i]))
            return false;
        mean_x += log(x[i]) / (double)n;
        mean_y += log(y[i]) / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        double dx = log(x[i]) - mean_x;
        xx += dx * dx;
        xy += dx * (log(y[i]) - mean_y);
    }
    /* Equal x differ by rounding alone. */
    if (n < 2 || xx < 1e-12)
        return false;
    double k = xy / xx;
    for (size_t i = 0; i < n; i++) {
        double off = log(y[i]) - mean_y - k * (log(x[i]) - mean_x);
        rest += off * off;
    }
    double half = n > 2 ? t_quantile(n - 2) * sqrt(rest / (double)(n - 2) / xx) : NAN;
    *slope = (struct pc_slope){.value = k, .low = k - half, .high = k + half};
    return true;
}
