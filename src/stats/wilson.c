#include "stats/wilson.h"

#include <math.h>

/* The distance from the mean, in standard deviations, that a normal variable keeps with
 * probability `level`.  Newton's method: erfc() falls steadily and bends one way, so it comes
 * nearer from below, and libc has no inverse of it. */
static double deviations(double level)
{
    double z = 0;
    for (double step = 1; step > 1e-12 && z < 40;) {
        step = (erfc(z / sqrt(2)) - (1 - level)) * sqrt(M_PI / 2) * exp(z * z / 2);
        z += step;
    }
    return z;
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
