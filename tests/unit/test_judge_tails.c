#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "base/mem.h"
#include "base/rng.h"
#include "judge/judge.h"

static void near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-9 * fabs(expected)))
        fail_msg("%.17g instead of %.17g", value, expected);
}

/* How the machine of a simulation behaves. */
struct machine {
    const char *name;
    double truth;  /* kernel's quantile by starter's, median of all restarts */
    double spread; /* of the logarithm, between restarts */
    double tail;   /* share of the restarts in which one side was disturbed, */
    double factor; /* by so much, either side alike */
};

static double normal(struct pc_rng *rng)
{
    double u = ((double)pc_rng_below(rng, 1 << 30) + 0.5) / (1 << 30);
    double v = (double)pc_rng_below(rng, 1 << 30) / (1 << 30);
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

static struct pc_latencies latencies_of(double scale)
{
    return (struct pc_latencies){.ops = 5000,
                                 .max = 100 * scale,
                                 .quantiles = {scale, 2 * scale, 5 * scale, 9 * scale}};
}

static struct pc_restart draw(const struct machine *m, struct pc_rng *rng)
{
    double base = 1000, kernel = 1000 * m->truth * exp(m->spread * normal(rng));
    if ((double)pc_rng_below(rng, 1000) < 1000 * m->tail) {
        if (pc_rng_below(rng, 2))
            base *= m->factor;
        else
            kernel *= m->factor;
    }
    return (struct pc_restart){
        .pairs = 5, .base = latencies_of(base), .candidate = latencies_of(kernel)};
}

static struct pc_tail_limit limit_of(double p99)
{
    struct pc_tail_limit limit = {.set = true};
    for (size_t i = 0; i < PC_QUANTILES; i++)
        limit.bounds[i] = (struct pc_tail_bound){i == 2 ? p99 : (double)NAN, NAN};
    return limit;
}

static enum pc_decision judge(const struct machine *m, double max_ratio, size_t restarts,
                              uint64_t seed, size_t *used)
{
    struct pc_tail_limit limit = limit_of(max_ratio);
    struct pc_tail_judge *j = pc_tail_judge_create(&limit);
    struct pc_rng rng;
    pc_rng_init(&rng, seed);
    enum pc_decision decision = PC_GOES_ON;
    for (*used = 0; *used < restarts && decision == PC_GOES_ON; ++*used) {
        struct pc_restart restart = draw(m, &rng);
        decision = pc_tail_judge_add(j, &restart);
    }
    struct pc_tails tails = {0};
    pc_tail_judge_summary(j, decision == PC_GOES_ON, &tails);
    pc_tail_judge_free(j);
    return tails.quantiles[2].decision;
}

static const struct machine machines[] = {
    {"calm", 0.5, 0.03, 0, 1},
    {"uneven", 0.5, 0.3, 0, 1},
    {"disturbed", 0.5, 0.1, 0.3, 20},
    {"wild", 0.5, 1.0, 0.4, 50},
};

/* 70 restarts are what fits into 2 s.  A limit above the truth must not be missed, one
 * below it must not be met. */
static void no_machine_leads_to_a_false_verdict(void **state)
{
    (void)state;
    static const double far[] = {0.5, 0.8, 0.95, 1.05, 1.25, 2};
    size_t wrong = 0, unsure_when_far = 0;
    for (size_t i = 0; i < PC_COUNT(machines); i++)
        for (size_t k = 0; k < PC_COUNT(far); k++)
            for (uint64_t seed = 1; seed <= 200; seed++) {
                size_t used;
                enum pc_decision d = judge(&machines[i], machines[i].truth * far[k], 70,
                                           seed * 1000 + i * 10 + k, &used);
                wrong += d == (far[k] > 1 ? PC_DECIDED_FAIL : PC_DECIDED_PASS);
                unsure_when_far += i < 2 && (k == 0 || k == 5) && d == PC_DECIDED_UNSURE;
            }
    assert_int_equal(wrong, 0);
    assert_int_equal(unsure_when_far, 0);
}

static void a_clear_case_takes_fourteen_restarts(void **state)
{
    (void)state;
    size_t used;
    assert_int_equal(judge(&machines[0], 1, 70, 1, &used), PC_DECIDED_PASS);
    assert_int_equal(used, 14);
    assert_int_equal(judge(&machines[0], 0.25, 70, 1, &used), PC_DECIDED_FAIL);
    assert_int_equal(used, 14);
}

static void a_limit_at_the_truth_is_unsure(void **state)
{
    (void)state;
    size_t used, sure = 0;
    for (uint64_t seed = 1; seed <= 500; seed++)
        sure += judge(&machines[1], 0.5, 70, seed, &used) != PC_DECIDED_UNSURE;
    /* One in a thousand for each side, with luck none. */
    assert_true(sure <= 3);
}

static void the_summary_is_the_median_of_the_restarts(void **state)
{
    (void)state;
    static const double ratios[] = {0.7, 0.2, 0.9, 0.4, 0.6, 0.3, 0.8, 0.1, 0.55};
    struct pc_tail_limit limit = limit_of(0.5);
    struct pc_tail_judge *j = pc_tail_judge_create(&limit);
    for (size_t i = 0; i < PC_COUNT(ratios); i++) {
        struct pc_restart restart = {.base = latencies_of(100),
                                     .candidate = latencies_of(100 * ratios[i])};
        assert_int_equal(pc_tail_judge_add(j, &restart), PC_GOES_ON);
    }
    struct pc_tails tails = {0};
    pc_tail_judge_summary(j, false, &tails);
    assert_true(tails.measured);
    assert_int_equal(tails.restarts, 9);
    for (size_t i = 0; i < PC_QUANTILES; i++) {
        near(tails.quantiles[i].ratio, 0.55);
        near(tails.quantiles[i].low, 0.2);
        near(tails.quantiles[i].high, 0.8);
    }
    near(tails.quantiles[2].candidate_ns, 275);
    near(tails.quantiles[2].base_ns, 500);
    assert_int_equal(tails.quantiles[2].decision, PC_GOES_ON);
    pc_tail_judge_summary(j, true, &tails);
    assert_int_equal(tails.quantiles[2].decision, PC_DECIDED_UNSURE);
    /* Nobody asked about the others. */
    assert_int_equal(tails.quantiles[1].decision, PC_GOES_ON);
    pc_tail_judge_free(j);
}

static void broken_restarts_do_not_count(void **state)
{
    (void)state;
    struct pc_restart good = {.base = latencies_of(100), .candidate = latencies_of(10)};
    struct pc_restart bad[] = {good, good, good, good};
    bad[0].base.ops = 499; /* p99 needs 500 */
    bad[1].candidate.quantiles[2] = NAN;
    bad[2].base.quantiles[0] = 0;
    bad[3].candidate.quantiles[3] = INFINITY;
    struct pc_tail_limit limit = limit_of(0.5);
    struct pc_tail_judge *j = pc_tail_judge_create(&limit);
    for (size_t i = 0; i < 200; i++)
        assert_int_equal(pc_tail_judge_add(j, &bad[i % PC_COUNT(bad)]), PC_GOES_ON);
    struct pc_tails tails = {0};
    pc_tail_judge_summary(j, true, &tails);
    assert_false(tails.measured);
    assert_int_equal(tails.quantiles[2].decision, PC_DECIDED_UNSURE);
    pc_tail_judge_free(j);
    pc_tail_judge_free(NULL);
}

static void more_operations_are_needed_for_a_rarer_quantile(void **state)
{
    (void)state;
    struct pc_tail_limit limit = limit_of(0.5);
    assert_int_equal(pc_tail_ops(&limit), 500);
    limit.bounds[3].max_ratio = 1;
    assert_int_equal(pc_tail_ops(&limit), 5000);
    limit.bounds[3].max_ratio = limit.bounds[2].max_ratio = NAN;
    limit.bounds[1].max_ratio = 1;
    assert_int_equal(pc_tail_ops(&limit), 50);
}

/* One of two bounds is missed: the other one does not save it. */
static void every_bound_is_judged(void **state)
{
    (void)state;
    struct pc_tail_limit limit = limit_of(0.5);
    limit.bounds[0].max_ratio = 0.05;
    struct pc_tail_judge *j = pc_tail_judge_create(&limit);
    struct pc_restart restart = {.base = latencies_of(100), .candidate = latencies_of(10)};
    enum pc_decision decision = PC_GOES_ON;
    for (size_t i = 0; i < 14; i++)
        decision = pc_tail_judge_add(j, &restart);
    assert_int_equal(decision, PC_DECIDED_FAIL);
    struct pc_tails tails = {0};
    pc_tail_judge_summary(j, false, &tails);
    assert_int_equal(tails.quantiles[0].decision, PC_DECIDED_FAIL);
    assert_int_equal(tails.quantiles[2].decision, PC_DECIDED_PASS);
    pc_tail_judge_free(j);
}

static const struct pc_build built = {.built = true};
static const struct pc_tests tested = {.ran = true, .n = 214};
static const struct pc_counts counted = {.ran = true, .agree = true};

static void expect(const char *rule, const struct pc_verdict *v, enum pc_code code,
                   const char *reason, const char *next)
{
    if (v->code != code)
        fail_msg("%s: code %d", rule, v->code);
    if (strcmp(v->reason, reason) != 0)
        fail_msg("%s:\n%s\n%s", rule, v->reason, reason);
    if (!v->next != !next || (next && strcmp(v->next, next) != 0))
        fail_msg("%s:\n%s\n%s", rule, v->next, next);
}

static void latencies_are_goals_by_quantile(void **state)
{
    (void)state;
    struct pc_limits limits = {
        .tail = {.set = true, .bounds = {{NAN, NAN}, {NAN, NAN}, {0.5, 0.1}, {1, NAN}}}};
    struct pc_tails tails = {.measured = true, .restarts = 14};
    tails.quantiles[2] = (struct pc_tail){PC_DECIDED_PASS, 0.25, 0.2, 0.3, 4000, 1000};
    tails.quantiles[3] = (struct pc_tail){PC_DECIDED_UNSURE, 1.01, 0.9, 1.1, 9000, 9090};
    struct pc_findings f = {
        .build = &built, .tests = &tested, .counts = &counted, .tails = &tails};
    struct pc_verdict v;
    pc_judge(&limits, &f, &v);
    expect("unsure", &v, PC_UNSURE, "the p99.9 is not certain",
           "check again with --careful, or make it faster");
    assert_int_equal(v.n_goals, 2);
    assert_string_equal(v.goals[0].sentence,
                        "p99: 1.00 us, 0.25x the starter's (0.2 to 0.3, 14 restarts), at "
                        "most 0.50x allowed: passed");
    pc_verdict_fini(&v);

    tails.quantiles[3].decision = PC_DECIDED_FAIL;
    pc_judge(&limits, &f, &v);
    expect("missed", &v, PC_MISSED, "1 of 2 limits missed: p99.9", "begin with p99.9");
    pc_verdict_fini(&v);

    tails.quantiles[3].decision = PC_DECIDED_PASS;
    pc_judge(&limits, &f, &v);
    expect("passed", &v, PC_PASSED, "all 2 limits are met",
           "if you want more: p99 0.10x the starter's for gold");
    pc_verdict_fini(&v);

    f.tails = NULL;
    pc_judge(&limits, &f, &v);
    assert_int_equal(v.code, PC_ENVIRONMENT);
    pc_verdict_fini(&v);
    f.speed_skipped = true;
    pc_judge(&limits, &f, &v);
    expect("quick", &v, PC_PASSED, "the tests pass; the latency was not judged", NULL);
    pc_verdict_fini(&v);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_machine_leads_to_a_false_verdict),
        cmocka_unit_test(a_clear_case_takes_fourteen_restarts),
        cmocka_unit_test(a_limit_at_the_truth_is_unsure),
        cmocka_unit_test(the_summary_is_the_median_of_the_restarts),
        cmocka_unit_test(broken_restarts_do_not_count),
        cmocka_unit_test(more_operations_are_needed_for_a_rarer_quantile),
        cmocka_unit_test(every_bound_is_judged),
        cmocka_unit_test(latencies_are_goals_by_quantile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
