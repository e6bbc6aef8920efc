#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "stats/wilson.h"

/* Computed with the formula of the paper in 50 digits, z = 1.959963984540054. */
static void the_interval_is_that_of_the_formula(void **state)
{
    (void)state;
    static const struct {
        double hits, n, low, high;
    } rows[] = {
        {50, 100, 0.4038315303, 0.5961684697},
        {1, 10, 0.0178762131, 0.4041500268},
        {0, 10, 0, 0.2775327998},
        {10, 10, 0.7224672002, 1},
        {0, 0, 0, 1},
        {739, 1000, 0.7109019937, 0.7652688157},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_interval in = pc_wilson(rows[i].hits, rows[i].n, 0.95);
        assert_true(fabs(in.low - rows[i].low) < 1e-9);
        assert_true(fabs(in.high - rows[i].high) < 1e-9);
    }
}

/* Its coverage swings around the level; on average over shares it is there. */
static void it_covers_the_truth_as_often_as_it_says(void **state)
{
    (void)state;
    static const double levels[] = {0.9, 0.95, 0.99};
    struct pc_rng rng;
    pc_rng_init(&rng, 11);
    for (size_t l = 0; l < PC_COUNT(levels); l++) {
        enum { ROUNDS = 4000, N = 200 };
        int covered = 0;
        for (int k = 0; k < ROUNDS; k++) {
            double share = 0.02 + 0.96 * (double)pc_rng_below(&rng, 1000) / 1000;
            int hits = 0;
            for (int i = 0; i < N; i++)
                hits += (double)pc_rng_below(&rng, 1 << 30) < share * (1 << 30);
            struct pc_interval in = pc_wilson(hits, N, levels[l]);
            covered += in.low <= share && share <= in.high;
        }
        double coverage = (double)covered / ROUNDS;
        assert_true(fabs(coverage - levels[l]) < 0.015);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interval_is_that_of_the_formula),
        cmocka_unit_test(it_covers_the_truth_as_often_as_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
