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
#include "stats/geomean.h"
#include "stats/holm.h"
#include "stats/mann_whitney.h"
#include "stats/order.h"

static void near(double value, double expected, double within)
{
    if (!(fabs(value - expected) <= within))
        fail_msg("%.17g instead of %.17g", value, expected);
}

static struct pc_mann_whitney test(double *x, size_t n_x, double *y, size_t n_y)
{
    pc_sort(x, n_x);
    pc_sort(y, n_y);
    return pc_mann_whitney(x, n_x, y, n_y);
}

/* By hand, or by rational arithmetic over all deals.  Those of ten values are the example
 * that benchstat's own tests have; it prints p=0.446 and p=0.000 for them. */
static void the_u_test_gives_the_published_values(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        size_t n_x, n_y;
        double x[10], y[10], u, p;
    } rows[] = {
        {"one against one says nothing", 1, 1, {1}, {2}, 0, 1},
        {"three that do not overlap", 3, 3, {1, 2, 3}, {4, 5, 6}, 0, 0.1},
        {"four that do not overlap", 4, 4, {4, 1, 3, 2}, {8, 6, 7, 5}, 0, 1.0 / 35},
        {"one pair out of order", 5, 5, {1, 2, 3, 4, 5}, {3.5, 6, 7, 8, 9}, 2, 2.0 / 63},
        {"one against nine", 1, 9, {1}, {0, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 0.4},
        {"two values only", 4, 4, {1, -1, -1, -1}, {-1, 1, 1, 1}, 4, 17.0 / 35},
        {"ties", 4, 6, {1, 2, 2, 3}, {2, 3, 3, 4, 4, 5}, 3, 13.0 / 210},
        {"lopsided ties", 4, 7, {5, 5, 5, 6}, {5, 5, 5, 5, 5, 5, 7}, 15, 1},
        {"few against many ties", 3, 8, {1, 1, 2}, {1, 2, 2, 2, 2, 2, 2, 2}, 5.5, 5.0 / 33},
        {"encode gob",
         10,
         10,
         {3069, 3075, 3069, 3067, 3207, 3064, 3064, 3058, 3059, 3062},
         {3075, 3065, 3059, 3065, 3060, 3081, 3186, 3135, 3087, 3062},
         39.5,
         0.4461018857303687},
        {"encode json",
         10,
         10,
         {1726, 1723, 1707, 1707, 1713, 1729, 1736, 1707, 1705, 1774},
         {1423, 1416, 1411, 1413, 1412, 1426, 1422, 1424, 1447, 1425},
         100,
         1.0 / 92378},
        {"infinities are values", 2, 2, {-INFINITY, 1}, {INFINITY, 2}, 0, 1.0 / 3},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        double x[10], y[10];
        memcpy(x, rows[i].x, sizeof x);
        memcpy(y, rows[i].y, sizeof y);
        struct pc_mann_whitney t = test(x, rows[i].n_x, y, rows[i].n_y);
        if (t.u != rows[i].u || !(fabs(t.p / rows[i].p - 1) < 1e-12) || !t.exact)
            fail_msg("%s: u = %g, p = %.17g", rows[i].what, t.u, t.p);
        struct pc_mann_whitney back = test(y, rows[i].n_y, x, rows[i].n_x);
        near(back.p, t.p, 1e-14);
        near(back.u + t.u, (double)(rows[i].n_x * rows[i].n_y), 0);
    }
}

/* Every way to deal the values to x and y, one by one. */
struct dealing {
    double *values;
    size_t n, n_x;
    bool to_x[20];
    double distance; /* of the U that was found from its middle */
    size_t far, all;
};

static double distance(const struct dealing *d)
{
    double u = 0;
    for (size_t i = 0; i < d->n; i++)
        for (size_t k = 0; k < d->n; k++)
            if (d->to_x[i] && !d->to_x[k])
                u += d->values[i] > d->values[k]   ? 1
                     : d->values[i] < d->values[k] ? 0
                                                   : 0.5;
    return fabs(u - (double)(d->n_x * (d->n - d->n_x)) / 2);
}

static void deal(struct dealing *d, size_t i, size_t dealt)
{
    if (i == d->n) {
        d->all++;
        d->far += distance(d) >= d->distance;
        return;
    }
    for (int to_x = 0; to_x <= 1; to_x++) {
        d->to_x[i] = to_x;
        size_t now = dealt + (size_t)to_x;
        if (now <= d->n_x && now + (d->n - i - 1) >= d->n_x)
            deal(d, i + 1, now);
    }
}

static void p_is_the_share_of_all_deals(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 4);
    for (size_t n_x = 1; n_x <= 10; n_x++)
        for (size_t n_y = 1; n_y <= 10; n_y++)
            for (int ties = 0; ties <= 1; ties++) {
                double values[20];
                for (size_t i = 0; i < n_x + n_y; i++)
                    values[i] = ties ? (double)pc_rng_below(&rng, 5) : pc_rng_unit(&rng);
                struct dealing d = {.values = values, .n = n_x + n_y, .n_x = n_x};
                for (size_t i = 0; i < n_x; i++)
                    d.to_x[i] = true;
                d.distance = distance(&d);
                deal(&d, 0, 0);
                double p = (double)d.far / (double)d.all;
                struct pc_mann_whitney t = test(values, n_x, values + n_x, n_y);
                if (!(fabs(t.p - p) < 1e-12))
                    fail_msg("%zu against %zu: %.17g instead of %.17g", n_x, n_y, t.p, p);
            }
}

static void fill(double *values, size_t n, double from, double step, double whole)
{
    for (size_t i = 0; i < n; i++) {
        double v = (double)i * step;
        values[i] = from + (whole > 0 ? floor(v / whole) : v);
    }
}

static void large_samples_are_tested_as_well(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        size_t n_x, n_y;
        double x_from, x_step, x_whole, y_from, y_step, y_whole, u, p;
        bool exact;
    } rows[] = {
        {"20, exactly", 20, 20, 0, 2, 0, 9, 2, 0, 120, 0.030411256038764864, true},
        {"50, exactly", 50, 50, 0, 2, 0, 11, 2, 0, 990, 0.0735352106256969, true},
        {"ties, exactly", 30, 40, 0, 1, 3, 2, 1, 3, 288, 0.00014081964563733874, true},
        {"60, normal", 60, 60, 0, 2, 0, 21, 2, 0, 1225, 0.0025668879435241797, false},
        {"ties, normal", 80, 55, 0, 1, 4, 1, 1, 3, 2162, 0.8664714813563232, false},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        double x[80], y[80];
        fill(x, rows[i].n_x, rows[i].x_from, rows[i].x_step, rows[i].x_whole);
        fill(y, rows[i].n_y, rows[i].y_from, rows[i].y_step, rows[i].y_whole);
        struct pc_mann_whitney t = pc_mann_whitney(x, rows[i].n_x, y, rows[i].n_y);
        if (t.u != rows[i].u || !(fabs(t.p / rows[i].p - 1) < 1e-9) ||
            t.exact != rows[i].exact)
            fail_msg("%s: u = %g, p = %.17g", rows[i].what, t.u, t.p);
    }
}

static void equal_values_cannot_be_told_apart(void **state)
{
    (void)state;
    double x[60], y[60];
    fill(x, 60, 7, 0, 0);
    fill(y, 60, 7, 0, 0);
    static const size_t sizes[] = {1, 4, 50, 60};
    for (size_t i = 0; i < PC_COUNT(sizes); i++) {
        struct pc_mann_whitney t = pc_mann_whitney(x, sizes[i], y, 60);
        assert_true(t.all_equal && t.p == 1);
    }
    assert_true(isnan(pc_mann_whitney(x, 0, y, 5).p));
    assert_true(isnan(pc_mann_whitney(x, 5, y, 0).p));
}

static void the_least_p_is_that_of_samples_which_do_not_overlap(void **state)
{
    (void)state;
    near(pc_mann_whitney_least(1, 1), 1, 1e-15);
    near(pc_mann_whitney_least(3, 3), 0.1, 1e-15);
    near(pc_mann_whitney_least(4, 4), 1.0 / 35, 1e-15);
    near(pc_mann_whitney_least(6, 6), 1.0 / 462, 1e-15);
    near(pc_mann_whitney_least(1, 9), 0.2, 1e-15);
    near(pc_mann_whitney_least(9, 1), 0.2, 1e-15);
    assert_true(pc_mann_whitney_least(100000, 100000) < 1e-290);
    assert_true(isnan(pc_mann_whitney_least(0, 3)));
    for (size_t n = 1; n <= 12; n++) {
        double x[12], y[12];
        fill(x, n, 0, 1, 0);
        fill(y, n, 100, 1, 0);
        near(pc_mann_whitney(x, n, y, n).p, pc_mann_whitney_least(n, n), 1e-12);
    }
}

/* benchstat's intervals: order statistics number `low` and `high`, 0 and n + 1 being
 * infinite. */
static void narrow_intervals_are_those_of_benchstat(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        double level;
        size_t low, high;
        double coverage;
    } rows[] = {
        {1, 0.95, 0, 2, 1},           {2, 0.5, 1, 2, 0.5},
        {5, 0.95, 0, 5, 0.96875},     {6, 0.95, 1, 6, 0.96875},
        {7, 0.95, 1, 7, 0.984375},    {8, 0.95, 1, 7, 0.9609375},
        {9, 0.95, 2, 8, 0.9609375},   {10, 0.95, 2, 9, 0.978515625},
        {11, 0.95, 2, 9, 0.96142578}, {20, 0.95, 6, 15, 0.95861053},
        {8, 0.99, 1, 8, 0.9921875},   {7, 0.99, 0, 7, 0.9921875},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        double v[32];
        fill(v, rows[i].n, 1, 1, 0);
        struct pc_interval in = pc_median_interval_narrow(v, rows[i].n, rows[i].level);
        double low = rows[i].low == 0 ? -INFINITY : (double)rows[i].low;
        double high = rows[i].high > rows[i].n ? INFINITY : (double)rows[i].high;
        if (in.low != low || in.high != high ||
            !(fabs(in.coverage - rows[i].coverage) < 1e-8))
            fail_msg("n = %zu: %g to %g covers %.9g", rows[i].n, in.low, in.high,
                     in.coverage);
    }
    assert_true(isnan(pc_median_interval_narrow(NULL, 0, 0.95).low));
}

static void narrow_intervals_cover_what_they_say(void **state)
{
    (void)state;
    enum { TRIALS = 20000 };
    static const size_t sizes[] = {6, 8, 11, 20};
    struct pc_rng rng;
    pc_rng_init(&rng, 11);
    for (size_t s = 0; s < PC_COUNT(sizes); s++) {
        double covered = 0, coverage = 0;
        for (int t = 0; t < TRIALS; t++) {
            double v[20];
            for (size_t i = 0; i < sizes[s]; i++)
                v[i] = pc_rng_unit(&rng);
            pc_sort(v, sizes[s]);
            struct pc_interval in = pc_median_interval_narrow(v, sizes[s], 0.95);
            covered += in.low <= 0.5 && 0.5 <= in.high;
            coverage = in.coverage;
        }
        /* Five standard deviations of a share of 20,000. */
        near(covered / TRIALS, coverage, 0.0075);
    }
}

static void holm_adjusts_as_published(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        size_t n;
        double p[5], adjusted[5];
    } rows[] = {
        {"one test stays as it is", 1, {0.04}, {0.04}},
        {"the least is multiplied by all", 3, {0.01, 0.04, 0.03}, {0.03, 0.06, 0.06}},
        {"never above one", 3, {0.5, 0.6, 0.9}, {1, 1, 1}},
        {"never below a smaller one", 4, {0.01, 0.013, 0.014, 0.2}, {.04, .04, .04, .2}},
        {"equal ones stay equal", 5, {.01, .01, .01, .01, .01}, {.05, .05, .05, .05, .05}},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        double p[5];
        memcpy(p, rows[i].p, sizeof p);
        pc_holm(p, rows[i].n);
        for (size_t k = 0; k < rows[i].n; k++)
            if (!(fabs(p[k] - rows[i].adjusted[k]) < 1e-15))
                fail_msg("%s: %zu is %.17g", rows[i].what, k, p[k]);
    }
    pc_holm(NULL, 0);
}

/* Twenty comparisons of nothing with nothing: without the correction two in three such
 * files would report a difference. */
static void holm_keeps_the_chance_of_any_false_alarm(void **state)
{
    (void)state;
    enum { FILES = 2000, TESTS = 20, RUNS = 8 };
    struct pc_rng rng;
    pc_rng_init(&rng, 5);
    size_t alarms = 0, raw_alarms = 0;
    for (int f = 0; f < FILES; f++) {
        double p[TESTS], least = 1;
        for (int t = 0; t < TESTS; t++) {
            double x[RUNS], y[RUNS];
            for (int i = 0; i < RUNS; i++) {
                x[i] = pc_rng_unit(&rng);
                y[i] = pc_rng_unit(&rng);
            }
            p[t] = test(x, RUNS, y, RUNS).p;
            least = fmin(least, p[t]);
        }
        raw_alarms += least <= 0.05;
        pc_holm(p, TESTS);
        bool alarm = false;
        for (int t = 0; t < TESTS; t++)
            alarm |= p[t] <= 0.05;
        alarms += alarm;
    }
    assert_true(raw_alarms > FILES / 2);
    assert_true(alarms < FILES * 0.065);
}

static void the_geometric_mean_is_of_ratios(void **state)
{
    (void)state;
    near(pc_geomean((double[]){2, 0.5}, 2), 1, 1e-15);
    near(pc_geomean((double[]){1, 10, 100}, 3), 10, 1e-13);
    near(pc_geomean((double[]){1e300, 1e-300, 1e300, 1e-300}, 4), 1, 1e-12);
    assert_true(isnan(pc_geomean(NULL, 0)));
    assert_true(isnan(pc_geomean((double[]){1, 0}, 2)));
    assert_true(isnan(pc_geomean((double[]){1, -1}, 2)));
    assert_true(isnan(pc_geomean((double[]){1, INFINITY}, 2)));
    assert_true(isnan(pc_geomean((double[]){1, NAN}, 2)));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_u_test_gives_the_published_values),
        cmocka_unit_test(p_is_the_share_of_all_deals),
        cmocka_unit_test(large_samples_are_tested_as_well),
        cmocka_unit_test(equal_values_cannot_be_told_apart),
        cmocka_unit_test(the_least_p_is_that_of_samples_which_do_not_overlap),
        cmocka_unit_test(narrow_intervals_are_those_of_benchstat),
        cmocka_unit_test(narrow_intervals_cover_what_they_say),
        cmocka_unit_test(holm_adjusts_as_published),
        cmocka_unit_test(holm_keeps_the_chance_of_any_false_alarm),
        cmocka_unit_test(the_geometric_mean_is_of_ratios),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
