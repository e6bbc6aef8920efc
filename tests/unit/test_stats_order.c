#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "base/mem.h"
#include "base/rng.h"
#include "stats/order.h"

static void near(double value, double expected, double within)
{
    if (!(fabs(value - expected) <= within))
        fail_msg("%.17g instead of %.17g", value, expected);
}

static void the_median_is_the_middle(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        size_t n;
        double values[6], median;
    } rows[] = {
        {"one value is its own median", 1, {7}, 7},
        {"an odd number has a middle one", 3, {30, -1, 2}, 2},
        {"of an even number the middle two are averaged", 4, {9, 1, 2, 4}, 3},
        {"equal values", 4, {5, 5, 5, 5}, 5},
        {"one late value does not move it", 5, {10, 11, 10, 12, 1e300}, 11},
        {"infinity is only a late value", 3, {1, INFINITY, 2}, 2},
        {"the average does not overflow", 2, {1.5e308, 1.7e308}, 1.6e308},
        {"NaN sorts last", 5, {NAN, 3, NAN, 1, 2}, 3},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        double values[6];
        memcpy(values, rows[i].values, sizeof values);
        double median = pc_median(values, rows[i].n);
        if (median != rows[i].median)
            fail_msg("%s: %g", rows[i].rule, median);
    }
    assert_true(isnan(pc_median(NULL, 0)));
}

static void quantiles_are_linear_between_order_statistics(void **state)
{
    (void)state;
    static const double v[] = {1, 2, 4, 8};
    static const struct {
        size_t n;
        double q, quantile;
    } rows[] = {
        {4, 0, 1},       {4, 1, 8},  {4, 0.5, 3}, {4, 0.25, 1.75}, {4, 0.9, 6.8},
        {4, 1.0 / 3, 2}, {4, -1, 1}, {4, 2, 8},   {1, 0.9, 1},     {2, 0.5, 1.5},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        near(pc_quantile_sorted(v, rows[i].n, rows[i].q), rows[i].quantile, 1e-12);
    assert_true(isnan(pc_quantile_sorted(v, 0, 0.5)));
    assert_true(isnan(pc_quantile_sorted(v, 4, NAN)));
    static const double equal[] = {0.1, 0.1};
    for (int i = 0; i <= 100; i++)
        near(pc_quantile_sorted(equal, 2, i / 100.0), 0.1, 0);
    static const double ends[] = {0, 1, INFINITY};
    near(pc_quantile_sorted(ends, 3, 0.5), 1, 0);
    assert_true(isinf(pc_quantile_sorted(ends, 3, 0.75)));
}

/* Which order statistics form the interval is a matter of exact fractions: the sums of
 * binomial coefficients below stand over powers of two. */
static void the_interval_is_the_narrowest_that_covers(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        double level;
        size_t k; /* low is the k-th smallest */
        double coverage;
    } rows[] = {
        {1, 0.95, 1, 0},
        {2, 0.95, 1, 1 - 2.0 / 4},
        {5, 0.95, 1, 1 - 2.0 / 32}, /* 93.75 %: five are too few for 95 % */
        {5, 0.9375, 1, 1 - 2.0 / 32},
        {6, 0.95, 1, 1 - 2.0 / 64},
        {8, 0.95, 1, 1 - 2.0 / 256},            /* k = 2 has 1 - 18/256 = 92.97 % */
        {8, 1 - 18.0 / 256, 2, 1 - 18.0 / 256}, /* exactly on the level is enough */
        {9, 0.95, 2, 1 - 20.0 / 512},
        {14, 0.95, 3, 1 - 2 * 106.0 / 16384},
        {14, 0.9998, 1, 1 - 2.0 / 16384},
        {20, 0.95, 6, 1 - 2 * 21700.0 / 1048576},
        {3, 0, 2, 0},
        {4, 0, 2, 1 - 2 * 5.0 / 16},
        {4, NAN, 1, 1 - 2.0 / 16},
    };
    double v[20];
    for (size_t i = 0; i < 20; i++)
        v[i] = (double)i + 1;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_interval in = pc_median_interval(v, rows[i].n, rows[i].level);
        if (in.low != (double)rows[i].k || in.high != (double)(rows[i].n + 1 - rows[i].k))
            fail_msg("n %zu, level %g: %g to %g", rows[i].n, rows[i].level, in.low,
                     in.high);
        near(in.coverage, rows[i].coverage, 0);
    }
    struct pc_interval none = pc_median_interval(v, 0, 0.95);
    assert_true(isnan(none.low) && isnan(none.high) && isnan(none.coverage));
}

static void the_interval_of_many_values_does_not_overflow(void **state)
{
    (void)state;
    enum { N = 10000 };
    PC_AUTO(pc_auto_free) double *v = pc_alloc_array(N, sizeof *v);
    for (size_t i = 0; i < N; i++)
        v[i] = (double)i + 1;
    struct pc_interval in = pc_median_interval(v, N, 0.95);
    /* From exact integers: k = 4902 covers 0.951167..., k = 4903 only 0.948829... */
    near(in.low, 4902, 0);
    near(in.high, N + 1 - 4902, 0);
    near(in.coverage, 0.9511670501036181, 1e-12);
}

/* Random numbers of the shapes that timings have. */

enum shape { UNIFORM, SKEWED, CAUCHY, BIMODAL, SHAPES };
static const double shape_median[SHAPES] = {0.5, M_LN2 *M_LN2, 0, 0.5 / 0.7};

static double draw(struct pc_rng *rng, enum shape shape)
{
    switch (shape) {
    case SKEWED:
        return pow(log(1 - pc_rng_unit(rng)), 2); /* an exponential, squared */
    case CAUCHY:
        return tan(M_PI * (pc_rng_unit(rng) - 0.5));
    case BIMODAL:
        return (pc_rng_unit(rng) < 0.7 ? 0 : 10) + pc_rng_unit(rng);
    default:
        return pc_rng_unit(rng);
    }
}

static double three_errors(double p, int n)
{
    return 3 * sqrt(p * (1 - p) / n);
}

static void the_interval_covers_as_often_as_it_says(void **state)
{
    (void)state;
    enum { SIMULATIONS = 20000 };
    static const size_t sizes[] = {6, 14, 70};
    struct pc_rng rng;
    pc_rng_init(&rng, 20240707);
    for (int shape = 0; shape < SHAPES; shape++)
        for (size_t s = 0; s < PC_COUNT(sizes); s++) {
            size_t n = sizes[s];
            int covered = 0;
            double promised = 0;
            for (int i = 0; i < SIMULATIONS; i++) {
                double v[70];
                for (size_t k = 0; k < n; k++)
                    v[k] = draw(&rng, (enum shape)shape);
                pc_sort(v, n);
                struct pc_interval in = pc_median_interval(v, n, 0.95);
                covered += in.low <= shape_median[shape] && shape_median[shape] <= in.high;
                promised = in.coverage;
            }
            double rate = (double)covered / SIMULATIONS;
            if (rate < 0.95 - three_errors(0.95, SIMULATIONS))
                fail_msg("shape %d, n %zu: covers %.4f", shape, n, rate);
            /* These shapes have no ties, so the promise is not only a bound. */
            near(rate, promised, three_errors(promised, SIMULATIONS) + 1e-3);
        }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_median_is_the_middle),
        cmocka_unit_test(quantiles_are_linear_between_order_statistics),
        cmocka_unit_test(the_interval_is_the_narrowest_that_covers),
        cmocka_unit_test(the_interval_of_many_values_does_not_overflow),
        cmocka_unit_test(the_interval_covers_as_often_as_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
