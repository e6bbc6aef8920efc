#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/mem.h"
#include "base/rng.h"
#include "stats/sequential.h"

static void near(double value, double expected, double within)
{
    if (!(fabs(value - expected) <= within))
        fail_msg("%.17g instead of %.17g", value, expected);
}

static double normal(struct pc_rng *rng)
{
    /* Box and Muller (1958). */
    double r = sqrt(-2 * log(1 - pc_rng_unit(rng)));
    return r * cos(2 * M_PI * pc_rng_unit(rng));
}

static double three_errors(double p, int n)
{
    return 3 * sqrt(p * (1 - p) / n);
}

static struct pc_sequential fed(double limit, double alpha, const double *d, size_t n)
{
    struct pc_sequential test;
    pc_sequential_init(&test, limit, alpha);
    for (size_t i = 0; i < n; i++)
        pc_sequential_add(&test, d[i]);
    return test;
}

static void the_evidence_is_the_formula(void **state)
{
    (void)state;
    /* Three restarts: one far above, one just above, one below. */
    struct pc_sequential t = fed(1, 0.001, (double[]){0.5, 0.05, -0.05}, 3);
    double sign = 0, mirror = 0;
    static const double p[] = {0.6, 0.75, 0.9, 0.97};
    for (int i = 0; i < 4; i++) {
        sign += 2 * p[i] * 2 * p[i] * 2 * (1 - p[i]) / 4;
        mirror += 2 * (1 - p[i]) * 2 * (1 - p[i]) * 2 * p[i] / 4;
    }
    double against = 0.03 / 0.8;
    double above = (sign + 0.97 / 0.2 * against * against) / 2;
    double below = (mirror + against * against * against) / 2;
    near(exp(pc_sequential_evidence(&t.above)), above, 1e-12);
    near(exp(pc_sequential_evidence(&t.below)), below, 1e-12);
}

static double choose(int n, int k)
{
    return round(exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0)));
}

/* The expected value of the evidence after `n` restarts, of which each is, independently,
 * far above the limit, just above it, on it, or below it with the chances given; exact, by
 * going through all outcomes.  `up` is 1, or -1 for the mirror image. */
static double expected_evidence(const double chance[4], int n, int up)
{
    double sum = 0;
    for (int far = 0; far <= n; far++)
        for (int near = 0; far + near <= n; near++)
            for (int on = 0; far + near + on <= n; on++) {
                const int counts[] = {far, near, on, n - far - near - on};
                static const double d[] = {0.2, 0.01, 0, -0.01};
                struct pc_sequential t;
                pc_sequential_init(&t, 1, 0.001);
                double p =
                    choose(n, far) * choose(n - far, near) * choose(n - far - near, on);
                for (int i = 0; i < 4; i++)
                    for (int k = 0; k < counts[i]; k++) {
                        pc_sequential_add(&t, up * d[i]);
                        p *= chance[i];
                    }
                sum += p * exp(pc_sequential_evidence(up > 0 ? &t.above : &t.below));
            }
    return sum;
}

static void betting_on_what_is_not_true_gains_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        double chance[4]; /* far above, just above, on, below the limit */
        bool fair;        /* at the border of both nulls the expectation is exactly 1 */
    } rows[] = {
        {"at the border of both nulls", {0.2, 0.3, 0, 0.5}, true},
        {"half of the restarts are ties", {0.2, 0.3, 0.5, 0}, true},
        {"ties and others", {0.2, 0.3, 0.25, 0.25}, true},
        {"all are ties", {0, 0, 1, 0}, false},
        {"inside the nulls", {0.1, 0.3, 0.1, 0.5}, false},
        {"the truth is on the other side", {0, 0.1, 0, 0.9}, false},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        for (int n = 1; n <= 9; n += 4)
            for (int up = -1; up <= 1; up += 2) {
                double e = expected_evidence(rows[i].chance, n, up);
                if (rows[i].fair ? fabs(e - 1) > 1e-9 : e >= 1)
                    fail_msg("%s: %g after %d restarts, direction %d", rows[i].rule, e, n,
                             up);
            }
}

/* How the restarts scatter when the limit is exactly the true median. */
enum null { SMALL_NOISE, WIDEST, TIES, NULLS };

static double draw_null(struct pc_rng *rng, enum null null)
{
    double u = pc_rng_unit(rng);
    switch (null) {
    case WIDEST: /* as many far out on both sides as the margin's null allows */
        return (u < 0.5 ? -1 : 1) * (fabs(u - 0.5) < 0.2 ? 0.5 : 0.05);
    case TIES: /* half of them never say anything */
        return u < 0.5 ? 0 : 0.01;
    default:
        return 0.01 * normal(rng);
    }
}

static void a_wrong_side_is_as_rare_as_promised(void **state)
{
    (void)state;
    enum { SIMULATIONS = 10000, RESTARTS = 70 };
    static const double alphas[] = {0.001, 0.05};
    struct pc_rng rng;
    pc_rng_init(&rng, 7);
    for (size_t a = 0; a < PC_COUNT(alphas); a++)
        for (int null = 0; null < NULLS; null++) {
            double tau = log(1.5);
            int wrong[3] = {0};
            for (int i = 0; i < SIMULATIONS; i++) {
                struct pc_sequential t;
                pc_sequential_init(&t, 1.5, alphas[a]);
                enum pc_side side = PC_SIDE_UNKNOWN;
                for (int k = 0; k < RESTARTS && side == PC_SIDE_UNKNOWN; k++)
                    side = pc_sequential_add(&t, tau + draw_null(&rng, (enum null)null));
                wrong[side]++;
            }
            double bound = alphas[a] + three_errors(alphas[a], SIMULATIONS);
            for (int side = PC_SIDE_ABOVE; side <= PC_SIDE_BELOW; side++)
                if ((double)wrong[side] / SIMULATIONS > bound)
                    fail_msg("alpha %g, null %d, side %d: %d wrong of %d", alphas[a], null,
                             side, wrong[side], SIMULATIONS);
        }
}

/* Restarts until the side is known, 0 when `max` are not enough. */
static size_t restarts_needed(double limit, double center, double noise, size_t max,
                              struct pc_rng *rng, enum pc_side *side)
{
    struct pc_sequential t;
    pc_sequential_init(&t, limit, 0.001);
    for (size_t n = 1; n <= max; n++) {
        *side = pc_sequential_add(&t, log(center) + noise * normal(rng));
        if (*side != PC_SIDE_UNKNOWN)
            return n;
    }
    return 0;
}

static void what_is_clear_is_known_soon(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        double truth, noise;
        enum pc_side side;
        size_t least, most;
    } rows[] = {
        {"25 % above", 1.5 * 1.25, 0.01, PC_SIDE_ABOVE, 5, 6},
        {"25 % below", 1.5 / 1.25, 0.01, PC_SIDE_BELOW, 5, 6},
        {"ten times faster", 15, 0.1, PC_SIDE_ABOVE, 5, 6},
        {"5 % above, unanimous", 1.5 * 1.05, 0.01, PC_SIDE_ABOVE, 14, 14},
        {"5 % below, unanimous", 1.5 / 1.05, 0.01, PC_SIDE_BELOW, 14, 14},
        {"5 % above, 3 % noise", 1.5 * 1.05, 0.03, PC_SIDE_ABOVE, 9, 70},
    };
    struct pc_rng rng;
    pc_rng_init(&rng, 25);
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        for (int k = 0; k < 100; k++) {
            enum pc_side side;
            size_t n = restarts_needed(1.5, rows[i].truth, rows[i].noise, 70, &rng, &side);
            if (n < rows[i].least || n > rows[i].most || side != rows[i].side)
                fail_msg("%s: side %d after %zu", rows[i].rule, side, n);
        }
}

static void the_first_decision_stays(void **state)
{
    (void)state;
    struct pc_sequential t;
    pc_sequential_init(&t, 2, 0.001);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pc_sequential_add(&t, 1), PC_SIDE_UNKNOWN);
    assert_int_equal(pc_sequential_add(&t, 1), PC_SIDE_ABOVE);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(pc_sequential_add(&t, -1), PC_SIDE_ABOVE);
    assert_int_equal(t.n, 1005);
}

static void what_says_nothing_decides_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        double d[2]; /* fed in turns */
        int counted;
    } rows[] = {
        {"exactly on the limit", {0, 0}, 10000},
        {"alternating", {0.3, -0.3}, 10000},
        {"alternating, far", {1e300, -1e300}, 10000},
        {"not a number", {NAN, NAN}, 0},
        {"infinities", {INFINITY, INFINITY}, 0},
        {"negative infinities", {-INFINITY, NAN}, 0},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_sequential t;
        pc_sequential_init(&t, 1, 0.001);
        for (int k = 0; k < 10000; k++)
            if (pc_sequential_add(&t, rows[i].d[k % 2]) != PC_SIDE_UNKNOWN)
                fail_msg("%s: decided after %d", rows[i].rule, k + 1);
        assert_int_equal(t.n, rows[i].counted);
        assert_true(isfinite(pc_sequential_evidence(&t.above)));
        assert_true(isfinite(pc_sequential_evidence(&t.below)));
    }
}

static void no_restart_and_one_decide_nothing(void **state)
{
    (void)state;
    struct pc_sequential t = fed(1, 0.001, NULL, 0);
    assert_int_equal(t.side, PC_SIDE_UNKNOWN);
    near(pc_sequential_evidence(&t.above), 0, 1e-15); /* evidence 1 */
    assert_int_equal(pc_sequential_add(&t, 100), PC_SIDE_UNKNOWN);
}

static void ten_thousand_restarts_do_not_overflow(void **state)
{
    (void)state;
    struct pc_sequential t;
    pc_sequential_init(&t, 1, 0.001);
    for (int i = 0; i < 10000; i++)
        pc_sequential_add(&t, 0.2);
    /* The margin's product is the largest: E = 4.85^n / 2 (the sign's is 1.94^n / 8). */
    near(pc_sequential_evidence(&t.above), 10000 * log(0.97 / 0.2) - log(2), 1e-6);
    /* And the mirror image's largest is the sign bet of 0.6. */
    near(pc_sequential_evidence(&t.below), 10000 * log(0.8) - log(8), 1e-6);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_evidence_is_the_formula),
        cmocka_unit_test(betting_on_what_is_not_true_gains_nothing),
        cmocka_unit_test(a_wrong_side_is_as_rare_as_promised),
        cmocka_unit_test(what_is_clear_is_known_soon),
        cmocka_unit_test(the_first_decision_stays),
        cmocka_unit_test(what_says_nothing_decides_nothing),
        cmocka_unit_test(no_restart_and_one_decide_nothing),
        cmocka_unit_test(ten_thousand_restarts_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
