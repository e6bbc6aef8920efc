#include "stats/wilson.h"

#include <math.h>

/* The distance from the mean, in standard deviations, that a normal variable keeps with
 * probability `level`.  Bisection: erfc() falls steadily, and libc has no inverse of it. */
static double deviations(double level)
{
    double low = 0, high = 40;
    for (int k = 0; k < 100; k++) {
        double middle = (low + high) / 2;
        if (erfc(middle / sqrt(2)) > 1 - level)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct pc_interval pc_wilson(double hits, double n, double level)
{
    if (!(n > 0))
        return (struct pc_interval){.low = 0, .high = 1, .coverage = 1};
    double z = deviations(level), z2 = z * z, p = hits / n;
    double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    double half = z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    return (struct pc_interval){.low = hits > 0 ? fmax(0, middle - half) : 0,
                                .high = hits < n ? fmin(1, middle + half) : 1,
                                .coverage = level};
}
