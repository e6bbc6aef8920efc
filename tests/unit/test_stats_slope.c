#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "stats/slope.h"

static void assert_near(double got, double want, double off)
{
    if (!(fabs(got - want) <= off))
        fail_msg("%.6f is not %.6f", got, want);
}

static void powers_have_their_exponent(void **state)
{
    (void)state;
    static const double exponents[] = {-1, 0, 0.5, 1, 2, 3};
    static const double x[] = {10, 100, 1000, 3000, 10000};
    for (size_t i = 0; i < PC_COUNT(exponents); i++) {
        double y[PC_COUNT(x)];
        struct pc_slope slope;
        for (size_t k = 0; k < PC_COUNT(x); k++)
            y[k] = 7 * pow(x[k], exponents[i]);
        assert_true(pc_slope_fit(x, y, PC_COUNT(x), &slope));
        assert_near(slope.value, exponents[i], 1e-9);
        assert_near(slope.low, exponents[i], 1e-6);
        assert_near(slope.high, exponents[i], 1e-6);
    }
}

/* Computed by hand: ln x = 0, 1, 2 and ln y = 0, 2, 2 give a slope of 1 with the standard
 * error sqrt(2/3 / 2), and t(1 degree of freedom) is 12.706. */
static void the_interval_is_students(void **state)
{
    (void)state;
    const double e = exp(1);
    const double x[] = {1, e, e * e}, y[] = {1, e * e, e * e};
    struct pc_slope slope;
    assert_true(pc_slope_fit(x, y, 3, &slope));
    assert_near(slope.value, 1, 1e-9);
    assert_near(slope.high - slope.value, 12.706 * sqrt(1.0 / 3), 1e-3);
    assert_near(slope.value - slope.low, 12.706 * sqrt(1.0 / 3), 1e-3);
}

static void two_points_have_no_interval(void **state)
{
    (void)state;
    const double x[] = {10, 1000}, y[] = {5, 500};
    struct pc_slope slope;
    assert_true(pc_slope_fit(x, y, 2, &slope));
    assert_near(slope.value, 1, 1e-9);
    assert_true(isnan(slope.low) && isnan(slope.high));
}

static void what_has_no_slope_is_refused(void **state)
{
    (void)state;
    static const struct {
        double x[3], y[3];
        size_t n;
    } rows[] = {
        {{1}, {1}, 0},
        {{1}, {1}, 1},
        {{5, 5, 5}, {1, 2, 3}, 3},
        {{0, 1, 2}, {1, 2, 3}, 3},
        {{1, 2, 3}, {1, -2, 3}, 3},
        {{1, 2, 3}, {1, NAN, 3}, 3},
        {{1, INFINITY, 3}, {1, 2, 3}, 3},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_slope slope = {.value = 42};
        assert_false(pc_slope_fit(rows[i].x, rows[i].y, rows[i].n, &slope));
        assert_true(slope.value == 42);
    }
}

/* The sum of twelve uniform numbers is normal enough for this. */
static double noise(struct pc_rng *rng)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += pc_rng_unit(rng);
    return sum;
}

static void the_interval_covers_95_percent(void **state)
{
    (void)state;
    enum { RUNS = 4000 };
    static const size_t sizes[] = {3, 6, 30};
    for (size_t i = 0; i < PC_COUNT(sizes); i++) {
        struct pc_rng rng;
        pc_rng_init(&rng, 7 + i);
        int covered = 0;
        for (int run = 0; run < RUNS; run++) {
            double x[30], y[30];
            struct pc_slope slope;
            for (size_t k = 0; k < sizes[i]; k++) {
                x[k] = pow(2, (double)k);
                y[k] = exp(1.5 * log(x[k]) + 0.3 * noise(&rng));
            }
            assert_true(pc_slope_fit(x, y, sizes[i], &slope));
            covered += slope.low <= 1.5 && 1.5 <= slope.high;
        }
        assert_near((double)covered / RUNS, 0.95, 0.012);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers_have_their_exponent),
        cmocka_unit_test(the_interval_is_students),
        cmocka_unit_test(two_points_have_no_interval),
        cmocka_unit_test(what_has_no_slope_is_refused),
        cmocka_unit_test(the_interval_covers_95_percent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
