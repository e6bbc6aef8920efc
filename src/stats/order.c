#include "stats/order.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    if (isnan(x) || isnan(y))
        return !!isnan(x) - !!isnan(y);
    return (x > y) - (x < y);
}

void pc_sort(double *values, size_t n)
{
    if (n > 1)
        qsort(values, n, sizeof *values, by_value);
}

double pc_median(double *values, size_t n)
{
    if (n == 0)
        return NAN;
    pc_sort(values, n);
    if (n % 2)
        return values[n / 2];
    return values[n / 2 - 1] / 2 + values[n / 2] / 2; /* the sum could overflow */
}

double pc_quantile_sorted(const double *values, size_t n, double q)
{
    if (n == 0 || isnan(q))
        return NAN;
    double position = fmin(fmax(q, 0), 1) * (double)(n - 1);
    size_t i = (size_t)position;
    double part = position - (double)i;
    /* Without a part the neighbour has no say, not even an infinite one. */
    if (part == 0 || values[i] == values[i + 1])
        return values[i];
    return values[i] * (1 - part) + values[i + 1] * part;
}

/* Binomial(n, 1/2) probabilities one after another.  The binomial coefficient is kept as
 * mantissa times 2^exponent, the exponent includes the 2^-n: nothing overflows, and up to
 * n = 50 nothing is rounded either. */
struct binomial {
    size_t n, i; /* i: the outcome whose probability comes next */
    double mantissa;
    int exponent;
};

static double next_probability(struct binomial *b)
{
    double probability = ldexp(b->mantissa, b->exponent);
    b->mantissa = b->mantissa * (double)(b->n - b->i) / (double)(b->i + 1);
    b->i++;
    if (b->mantissa > 0x1p500) {
        b->mantissa = ldexp(b->mantissa, -500);
        b->exponent += 500;
    }
    return probability;
}

struct pc_interval pc_median_interval(const double *values, size_t n, double level)
{
    if (n == 0)
        return (struct pc_interval){NAN, NAN, NAN};
    struct binomial b = {.n = n, .mantissa = 1, .exponent = -(int)n};
    size_t k = 1;
    double tail = next_probability(&b); /* P(X < k) */
    while (k < (n + 1) / 2) {
        double longer = tail + next_probability(&b);
        if (!(1 - 2 * longer >= level))
            break;
        tail = longer;
        k++;
    }
    return (struct pc_interval){
        .low = values[k - 1],
        .high = values[n - k],
        .coverage = 1 - 2 * tail,
    };
}

/* The runs grow from the most probable place for the median, so the probabilities of
 * Binomial(n, 1/2) are met from the greatest to the least; those of k and n - k are equal. */
struct pc_interval pc_median_interval_narrow(const double *values, size_t n, double level)
{
    if (n == 0)
        return (struct pc_interval){NAN, NAN, NAN};
    struct binomial b = {.n = n, .mantissa = 1, .exponent = -(int)n};
    double *probability = pc_alloc_array(n / 2 + 1, sizeof *probability);
    for (size_t k = 0; k <= n / 2; k++)
        probability[k] = next_probability(&b);
    /* k in [first, end): the order statistics number first and end, counted from 1. */
    size_t first = n / 2, end = n / 2 + 1;
    double coverage = probability[n / 2];
    while (coverage < level && end <= n) {
        bool left = first + end > n && first > 0;
        coverage += probability[left ? first - 1 : n - end];
        if (left)
            first--;
        else
            end++;
    }
    free(probability);
    return (struct pc_interval){
        .low = first >= 1 ? values[first - 1] : -INFINITY,
        .high = end <= n ? values[end - 1] : INFINITY,
        .coverage = fmin(coverage, 1),
    };
}
