#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "stats/growth.h"

enum { SIZES = 5 };

static const double sizes[SIZES] = {250, 500, 1000, 2000, 4000};

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

static double cubic(double n)
{
    return n * n * n;
}

/* What a real linear kernel looks like: a fixed cost and a cache that ends. */
static double bent(double n)
{
    return (n + 10) * (n > 1500 ? 1.08 : 1);
}

/* The smallest size finds everything in the first cache. */
static double cached(double n)
{
    return n < 300 ? 0.7 * n : n;
}

static double between(double n)
{
    return n * sqrt(n);
}

static const struct {
    double (*of)(double n);
    double low, high; /* of the exponent */
    const char *law;
} curves[] = {
    {one, -0.001, 0.001, "1"},        {log, 0.1, 0.2, "log n"},
    {linear, 0.999, 1.001, "n"},      {n_log_n, 1.1, 1.2, "n log n"},
    {quadratic, 1.999, 2.001, "n^2"}, {cubic, 2.999, 3.001, "n^3"},
    {bent, 0.98, 1.06, "n"},          {cached, 0.99, 1.13, "n"},
    {between, 1.499, 1.501, ""},
};

static void each_law_is_recognised(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(curves); i++) {
        double t[SIZES];
        for (int k = 0; k < SIZES; k++)
            t[k] = 3 * curves[i].of(sizes[k]);
        double exponent = pc_growth_exponent(sizes, t, SIZES);
        if (!(exponent >= curves[i].low && exponent <= curves[i].high))
            fail_msg("curve %zu has n^%.4f", i, exponent);
        assert_string_equal(pc_growth_law(sizes, t, SIZES), curves[i].law);
    }
}

static void n_log_n_is_told_from_n_to_the_1_1_by_the_rest_it_leaves(void **state)
{
    (void)state;
    static const double wide[SIZES] = {16, 256, 4096, 65536, 1048576};
    double t[SIZES];
    for (int k = 0; k < SIZES; k++)
        t[k] = n_log_n(wide[k]);
    assert_string_equal(pc_growth_law(wide, t, SIZES), "n log n");
    for (int k = 0; k < SIZES; k++)
        t[k] = pow(wide[k], 1.4);
    assert_string_equal(pc_growth_law(wide, t, SIZES), "");
}

static void one_wrong_time_of_five_hardly_moves_the_exponent(void **state)
{
    (void)state;
    for (int wrong = 0; wrong < SIZES; wrong++) {
        double t[SIZES];
        for (int k = 0; k < SIZES; k++)
            t[k] = sizes[k] * (1 + 0.002 * (k % 2)) * (k == wrong ? 50 : 1);
        assert_true(fabs(pc_growth_exponent(sizes, t, SIZES) - 1) < 0.02);
    }
}

static void what_has_no_exponent_is_not_a_number(void **state)
{
    (void)state;
    static const struct {
        double sizes[3], times[3];
        size_t n;
    } rows[] = {
        {{1, 2, 3}, {1, 2, 3}, 0},   {{1, 2, 3}, {1, 2, 3}, 1},
        {{5, 5, 5}, {1, 2, 3}, 3},   {{1, 2, 3}, {0, 2, 3}, 3},
        {{1, 2, 3}, {1, NAN, 3}, 3}, {{1, 2, 3}, {1, 2, INFINITY}, 3},
        {{0, 2, 3}, {1, 2, 3}, 3},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        assert_true(isnan(pc_growth_exponent(rows[i].sizes, rows[i].times, rows[i].n)));
        assert_string_equal(pc_growth_law(rows[i].sizes, rows[i].times, rows[i].n), "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_law_is_recognised),
        cmocka_unit_test(n_log_n_is_told_from_n_to_the_1_1_by_the_rest_it_leaves),
        cmocka_unit_test(one_wrong_time_of_five_hardly_moves_the_exponent),
        cmocka_unit_test(what_has_no_exponent_is_not_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
