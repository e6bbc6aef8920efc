#include "verdict.h"

#include <math.h>
#include <stdlib.h>

struct sample {
    double mean, error; /* the square of the standard error */
};

static struct sample sample_of(const double *v, int n)
{
    double sum = 0, squares = 0;
    for (int i = 0; i < n; i++)
        sum += v[i];
    for (int i = 0; i < n; i++)
        squares += (v[i] - sum / n) * (v[i] - sum / n);
    return (struct sample){sum / n, squares / (n - 1) / n};
}

/* The t test of Welch: one timing that is far out makes it blind. */
int verdict(const double *old_ns, int n_old, const double *new_ns, int n_new)
{
    if (n_old < 4 || n_new < 4)
        return CANNOT_TELL;
    struct sample before = sample_of(old_ns, n_old), after = sample_of(new_ns, n_new);
    double error = sqrt(before.error + after.error);
    double difference = before.mean - after.mean;
    if (fabs(difference) <= 2.2 * error)
        return CANNOT_TELL;
    return difference > 0 ? FASTER : SLOWER;
}
