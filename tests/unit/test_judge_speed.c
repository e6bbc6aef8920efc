#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/mem.h"
#include "judge/judge.h"

static const struct pc_speed_limit limit = {.set = true, .min = 1.5};

static void near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-9 * fabs(expected)))
        fail_msg("%.17g instead of %.17g", value, expected);
}

static struct pc_restart restart_of(double ratio)
{
    return (struct pc_restart){
        .log_ratio = log(ratio),
        .base_ns = 100 * ratio,
        .candidate_ns = 100,
        .pairs = PC_PAIRS_MIN,
    };
}

static void a_clear_case_is_decided_after_five_restarts(void **state)
{
    (void)state;
    static const struct {
        double ratio;
        enum pc_decision decision;
    } rows[] = {{2, PC_DECIDED_PASS}, {1, PC_DECIDED_FAIL}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_speed_judge *judge = pc_speed_judge_create(&limit);
        struct pc_restart restart = restart_of(rows[i].ratio);
        for (int k = 0; k < 4; k++)
            assert_int_equal(pc_speed_judge_add(judge, &restart), PC_GOES_ON);
        assert_int_equal(pc_speed_judge_add(judge, &restart), rows[i].decision);
        /* What comes late is summarised, and does not take the decision back. */
        restart = restart_of(1.5);
        assert_int_equal(pc_speed_judge_add(judge, &restart), rows[i].decision);
        struct pc_speed speed = {0};
        pc_speed_judge_summary(judge, true, &speed);
        assert_int_equal(speed.decision, rows[i].decision);
        assert_int_equal(speed.restarts, 6);
        pc_speed_judge_free(judge);
    }
}

/* Threads are judged by the signs alone. */
static void threads_take_fourteen_restarts(void **state)
{
    (void)state;
    const struct pc_speed_limit threads = {
        .set = true, .min = 1.5, .cpus = 4, .least = 2, .threads = 2};
    struct pc_speed_judge *judge = pc_speed_judge_create(&threads);
    struct pc_restart restart = restart_of(5);
    for (int k = 0; k < 13; k++)
        assert_int_equal(pc_speed_judge_add(judge, &restart), PC_GOES_ON);
    assert_int_equal(pc_speed_judge_add(judge, &restart), PC_DECIDED_PASS);
    pc_speed_judge_free(judge);
}

static void the_summary_is_the_median_and_its_interval(void **state)
{
    (void)state;
    /* Nine restarts: the 95 % interval is the 2nd to the 8th. */
    static const double ratios[] = {1.7, 1.2, 1.9, 1.4, 1.6, 1.3, 1.8, 1.1, 1.55};
    struct pc_speed_judge *judge = pc_speed_judge_create(&limit);
    for (size_t i = 0; i < PC_COUNT(ratios); i++) {
        struct pc_restart restart = restart_of(ratios[i]);
        restart.candidate_ns = 100 + (double)i;
        pc_speed_judge_add(judge, &restart);
    }
    struct pc_speed speed = {.wall_ns = 7, .busy = 0.5};
    pc_speed_judge_summary(judge, false, &speed);
    assert_true(speed.measured);
    assert_int_equal(speed.decision, PC_GOES_ON);
    assert_int_equal(speed.restarts, 9);
    near(speed.ratio, 1.55);
    near(speed.low, 1.2);
    near(speed.high, 1.8);
    near(speed.base_ns, 155);
    near(speed.candidate_ns, 104);
    /* What it does not know it leaves alone. */
    assert_true(speed.wall_ns == 7 && speed.busy == 0.5);
    pc_speed_judge_summary(judge, true, &speed);
    assert_int_equal(speed.decision, PC_DECIDED_UNSURE);
    pc_speed_judge_free(judge);
}

static void broken_restarts_do_not_count(void **state)
{
    (void)state;
    struct pc_restart bad[] = {restart_of(2), restart_of(2), restart_of(2), restart_of(2)};
    bad[0].pairs = PC_PAIRS_MIN - 1;
    bad[1].log_ratio = NAN;
    bad[2].base_ns = INFINITY;
    bad[3].candidate_ns = NAN;
    struct pc_speed_judge *judge = pc_speed_judge_create(&limit);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(pc_speed_judge_add(judge, &bad[i % PC_COUNT(bad)]), PC_GOES_ON);
    struct pc_speed speed = {.measured = true, .restarts = 3};
    pc_speed_judge_summary(judge, true, &speed);
    assert_false(speed.measured);
    assert_int_equal(speed.restarts, 0);
    assert_int_equal(speed.decision, PC_DECIDED_UNSURE);
    assert_true(isnan(speed.ratio) && isnan(speed.low) && isnan(speed.base_ns));
    pc_speed_judge_free(judge);
    pc_speed_judge_free(NULL);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clear_case_is_decided_after_five_restarts),
        cmocka_unit_test(threads_take_fourteen_restarts),
        cmocka_unit_test(the_summary_is_the_median_and_its_interval),
        cmocka_unit_test(broken_restarts_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
