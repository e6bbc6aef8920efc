#include "verdict.h"

#include <math.h>
#include <stdlib.h>

enum { LEAST = 4, MOST = 50 };

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The sum of t^3 - t over each group of t equal values. */
static double ties(const double *v, int n)
{
    double sum = 0;
    for (int i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && v[end] == v[i]; end++)
            ;
        double t = end - i;
        sum += t * t * t - t;
    }
    return sum;
}

/* The rank test of Mann and Whitney (1947): in how many pairs of an old and a new timing is
 * the new one smaller?  By chance in half of them. */
int verdict(const double *old_ns, int n_old, const double *new_ns, int n_new)
{
    if (n_old < LEAST || n_new < LEAST)
        return CANNOT_TELL;
    double all[2 * MOST], wins = 0;
    for (int i = 0; i < n_old; i++)
        for (int k = 0; k < n_new; k++)
            wins += new_ns[k] < old_ns[i] ? 1 : new_ns[k] == old_ns[i] ? 0.5 : 0;

    int n = 0;
    for (int i = 0; i < n_old; i++)
        all[n++] = old_ns[i];
    for (int k = 0; k < n_new; k++)
        all[n++] = new_ns[k];
    qsort(all, (size_t)n, sizeof all[0], by_value);

    double pairs = (double)n_old * n_new;
    double variance = pairs / 12 * (n + 1 - ties(all, n) / ((double)n * (n - 1)));
    double off = fabs(wins - pairs / 2) - 0.5; /* wins come in steps of one */
    if (variance <= 0 || off <= 1.96 * sqrt(variance))
        return CANNOT_TELL;
    return wins > pairs / 2 ? FASTER : SLOWER;
}
