#include "stats/growth.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "stats/order.h"

/* What a law may leave behind of ln t more than a power with a free exponent does.  Caches
 * and fixed costs bend every curve by some percent. */
static const double slack = 0.10;

static bool is_positive(double v)
{
    return isfinite(v) && v > 0;
}

double pc_growth_exponent(const double *sizes, const double *times, size_t n)
{
    double slopes[PC_GROWTH_POINTS * (PC_GROWTH_POINTS - 1) / 2];
    size_t found = 0;
    assert(n <= PC_GROWTH_POINTS);
    for (size_t i = 0; i < n; i++)
        if (!is_positive(sizes[i]) || !is_positive(times[i]))
            return NAN;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (sizes[i] != sizes[k])
                slopes[found++] = log(times[i] / times[k]) / log(sizes[i] / sizes[k]);
    return pc_median(slopes, found);
}

static double one(double n)
{
    (void)n;
    return 1;
}

static double linear(double n)
{
    return n;
}

static double n_log_n(double n)
{
    return n * log(n);
}

static double quadratic(double n)
{
    return n * n;
}

static double quadratic_log(double n)
{
    return n * n * log(n);
}

static double cubic(double n)
{
    return n * n * n;
}

static const struct {
    const char *name;
    double (*of)(double n);
} laws[] = {
    {"1", one},           {"log n", log},     {"n", linear},
    {"n log n", n_log_n}, {"n^2", quadratic}, {"n^2 log n", quadratic_log},
    {"n^3", cubic},
};

/* The median distance from the median.  A fixed cost that shows at the smallest size alone
 * must not make n look like n log n. */
static double spread(const double *left, size_t n)
{
    double away[PC_GROWTH_POINTS];
    for (size_t i = 0; i < n; i++)
        away[i] = left[i];
    double middle = pc_median(away, n);
    for (size_t i = 0; i < n; i++)
        away[i] = fabs(left[i] - middle);
    return pc_median(away, n);
}

const char *pc_growth_law(const double *sizes, const double *times, size_t n)
{
    double left[PC_GROWTH_POINTS], k = pc_growth_exponent(sizes, times, n);
    if (isnan(k))
        return "";
    for (size_t i = 0; i < n; i++)
        left[i] = log(times[i]) - k * log(sizes[i]);
    double least = spread(left, n) + slack;
    const char *best = "";
    for (size_t l = 0; l < sizeof laws / sizeof laws[0]; l++) {
        for (size_t i = 0; i < n; i++)
            left[i] = log(times[i]) - log(laws[l].of(sizes[i]));
        double s = spread(left, n);
        if (s < least) {
            least = s;
            best = laws[l].name;
        }
    }
    return best;
}
