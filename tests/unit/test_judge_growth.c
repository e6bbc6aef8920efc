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

static const struct pc_growth_limit limit = {
    .set = true, .max = 1.3, .gold = 1.1, .n = 5, .sizes = {250, 500, 1000, 2000, 4000}};

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

/* Exactly on the limit: whatever is decided about it was luck, which the sequential test
 * allows once in 500 times. */
static double on_the_limit(double n)
{
    return pow(n, 1.3);
}

struct noise {
    double spread; /* of ln t */
    double often;  /* how often a time is too long */
    double most;   /* by up to this factor */
};

static const struct noise quiet = {0.02, 0, 1}, busy = {0.03, 0.1, 2},
                          loaded = {0.05, 0.25, 3};

/* About normal: what matters here are the outliers. */
static double error(struct pc_rng *rng, const struct noise *noise)
{
    double sum = 0;
    for (int i = 0; i < 12; i++)
        sum += (double)pc_rng_below(rng, 1000001) / 1e6;
    bool late = (double)pc_rng_below(rng, 1000) < noise->often * 1000;
    double factor = 1.1 + (noise->most - 1.1) * (double)pc_rng_below(rng, 1000) / 1e3;
    return (sum - 6) * noise->spread + (late ? log(factor) : 0);
}

static struct pc_growth simulate(struct pc_rng *rng, double (*law)(double),
                                 const struct noise *noise, int rounds)
{
    struct pc_growth growth = {.small_ratio = NAN};
    struct pc_growth_judge *judge = pc_growth_judge_create(&limit);
    enum pc_decision decision = PC_GOES_ON;
    for (int r = 0; r < rounds && decision == PC_GOES_ON; r++) {
        double times[PC_GROWTH_SIZES];
        for (size_t i = 0; i < limit.n; i++)
            times[i] = 2 * law((double)limit.sizes[i]) * exp(error(rng, noise));
        decision = pc_growth_judge_add(judge, times);
    }
    pc_growth_judge_summary(judge, true, &growth);
    pc_growth_judge_free(judge);
    return growth;
}

static void simulated_verdicts_are_never_wrong(void **state)
{
    (void)state;
    enum { TRIALS = 400 };
    static const struct {
        double (*law)(double);
        const struct noise *noise;
        enum pc_decision right;
        int rounds, unsure, wrong; /* at most so many of TRIALS */
    } rows[] = {
        {linear, &quiet, PC_DECIDED_PASS, 5, 0, 0},
        {linear, &busy, PC_DECIDED_PASS, 20, 0, 0},
        {linear, &loaded, PC_DECIDED_PASS, 40, 8, 0},
        {n_log_n, &quiet, PC_DECIDED_PASS, 20, 0, 0},
        {n_log_n, &busy, PC_DECIDED_PASS, 30, 8, 0},
        {quadratic, &quiet, PC_DECIDED_FAIL, 5, 0, 0},
        {quadratic, &busy, PC_DECIDED_FAIL, 20, 0, 0},
        {quadratic, &loaded, PC_DECIDED_FAIL, 20, 0, 0},
        {on_the_limit, &quiet, PC_DECIDED_UNSURE, 40, TRIALS, 2},
        {on_the_limit, &busy, PC_DECIDED_UNSURE, 40, TRIALS, 2},
    };
    struct pc_rng rng;
    pc_rng_init(&rng, 4711);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        int unsure = 0, wrong = 0;
        for (int k = 0; k < TRIALS; k++) {
            struct pc_growth g = simulate(&rng, rows[i].law, rows[i].noise, rows[i].rounds);
            unsure += g.decision == PC_DECIDED_UNSURE;
            wrong += g.decision != rows[i].right && g.decision != PC_DECIDED_UNSURE;
            if (wrong > rows[i].wrong)
                fail_msg("row %zu, trial %d: wrong after %u rounds, n^%.2f", i, k, g.rounds,
                         g.exponent);
        }
        if (unsure > rows[i].unsure)
            fail_msg("row %zu: %d of %d unsure", i, unsure, TRIALS);
    }
}

static void the_summary_tells_curve_law_and_interval(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 7);
    static const struct noise none = {0, 0, 1};
    struct pc_growth g = simulate(&rng, quadratic, &none, 5);
    assert_true(g.measured && g.rounds == 5 && g.n == 5);
    assert_string_equal(g.law, "n^2");
    assert_true(fabs(g.exponent - 2) < 1e-6 && fabs(g.low - 2) < 1e-6);
    assert_int_equal(g.points[4].size, 4000);
    assert_true(fabs(g.points[4].ns / g.points[0].ns - 256) < 1e-6);
}

static void a_round_without_an_exponent_is_not_counted(void **state)
{
    (void)state;
    static const double times[] = {1, 2, 0, 4, 5};
    struct pc_growth g = {0};
    struct pc_growth_judge *judge = pc_growth_judge_create(&limit);
    assert_int_equal(pc_growth_judge_add(judge, times), PC_GOES_ON);
    pc_growth_judge_summary(judge, true, &g);
    assert_false(g.measured);
    assert_int_equal(g.decision, PC_DECIDED_UNSURE);
    pc_growth_judge_free(judge);
}

static const struct {
    const char *rule;
    struct pc_growth growth;
    enum pc_code code;
    bool gold;
    const char *sentence, *reason;
} rows[] = {
    {.rule = "below the bound passes",
     .growth = {.measured = true,
                .decision = PC_DECIDED_PASS,
                .exponent = 1.15,
                .low = 1.12,
                .high = 1.18,
                .rounds = 14,
                .law = "n log n",
                .small_ratio = 1},
     .code = PC_PASSED,
     .sentence = "growth: n^1.15 (1.12 to 1.18, 14 rounds), at most n^1.30 allowed: passed",
     .reason = "the limit is met"},
    {.rule = "gold needs the whole interval",
     .growth = {.measured = true,
                .decision = PC_DECIDED_PASS,
                .exponent = 1.02,
                .low = 0.98,
                .high = 1.06,
                .rounds = 5,
                .law = "n",
                .small_ratio = NAN},
     .code = PC_PASSED,
     .gold = true,
     .sentence =
         "growth: n^1.02 (0.98 to 1.06, 5 rounds), at most n^1.30 allowed: passed, gold",
     .reason = "the limit is met: gold"},
    {.rule = "above the bound says what it means",
     .growth = {.measured = true,
                .decision = PC_DECIDED_FAIL,
                .exponent = 1.99,
                .low = 1.97,
                .high = 2.01,
                .rounds = 5,
                .law = "n^2",
                .small_ratio = 1},
     .code = PC_MISSED,
     .sentence = "growth: n^1.99 (1.97 to 2.01, 5 rounds), at most n^1.30 allowed: grows "
                 "like n^2: 10 times the input takes 98 times as long; find what is done "
                 "again for each item (a search, a copy, a length) and do it once",
     .reason = "the limit is missed: growth"},
    {.rule = "without a law only the factor is told",
     .growth = {.measured = true,
                .decision = PC_DECIDED_FAIL,
                .exponent = 1.5,
                .low = 1.4,
                .high = 1.6,
                .rounds = 5,
                .law = "",
                .small_ratio = 1},
     .code = PC_MISSED,
     .sentence = "growth: n^1.50 (1.40 to 1.60, 5 rounds), at most n^1.30 allowed: 10 "
                 "times the input takes 32 times as long; find what is done again for "
                 "each item (a search, a copy, a length) and do it once",
     .reason = "the limit is missed: growth"},
    {.rule = "slow small inputs are no way to pass",
     .growth = {.measured = true,
                .decision = PC_DECIDED_PASS,
                .exponent = 0.5,
                .low = 0.4,
                .high = 0.6,
                .rounds = 5,
                .law = "",
                .small_ratio = 0.1,
                .n = 1,
                .points = {{250, 1e6}}},
     .code = PC_MISSED,
     .sentence = "growth: n^0.50 (0.40 to 0.60, 5 rounds), at most n^1.30 allowed: at n = "
                 "250 it takes 10.0x the starter's time, more than 3.00x: slow small "
                 "inputs hide how it grows; make them fast, too",
     .reason = "the limit is missed: growth"},
    {.rule = "an interval around the bound is too close",
     .growth = {.measured = true,
                .decision = PC_DECIDED_UNSURE,
                .exponent = 1.31,
                .low = 1.2,
                .high = 1.4,
                .rounds = 30,
                .law = "",
                .small_ratio = 1},
     .code = PC_UNSURE,
     .sentence = "growth: n^1.31 (1.20 to 1.40, 30 rounds), at most n^1.30 allowed: too "
                 "close to call on this machine; do less for each item as the input grows, "
                 "or check again with --careful",
     .reason = "the growth is not certain"},
    {.rule = "no round at all is unsure",
     .growth = {.decision = PC_DECIDED_UNSURE, .exponent = NAN, .small_ratio = NAN},
     .code = PC_UNSURE,
     .sentence = "growth: not known, no round could be used, at most n^1.30 allowed: the "
                 "time was too short to be certain; check again with --careful",
     .reason = "the growth is not certain"},
    {.rule = "a crash at a size is named",
     .growth = {.crash = {.ending = PC_ENDING_CRASH,
                          .what = "Segmentation fault",
                          .during = "join at n = 4000"}},
     .code = PC_CRASH,
     .reason = "crashed: Segmentation fault, while it was timed (join at n = 4000)"},
    {.rule = "a difference at a size is a wrong result",
     .growth = {.differs = true},
     .code = PC_WRONG,
     .reason = "wrong result: on the inputs of the bench it differs from the starter's"},
    {.rule = "what was not measured does not pass",
     .growth = {.decision = PC_GOES_ON},
     .code = PC_ENVIRONMENT,
     .reason = "the growth was not measured"},
};

static void growth_is_put_into_words(void **state)
{
    (void)state;
    static const struct pc_build built = {.built = true};
    static const struct pc_tests tested = {.ran = true, .n = 3};
    const struct pc_limits limits = {.growth = limit};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_findings f = {
            .build = &built, .tests = &tested, .growth = &rows[i].growth};
        struct pc_verdict v;
        pc_judge(&limits, &f, &v);
        if (v.code != rows[i].code || strcmp(v.reason, rows[i].reason) != 0)
            fail_msg("%s: %d %s", rows[i].rule, v.code, v.reason);
        assert_int_equal(v.n_goals, rows[i].sentence ? 1 : 0);
        if (rows[i].sentence && strcmp(v.goals[0].sentence, rows[i].sentence) != 0)
            fail_msg("%s: %s", rows[i].rule, v.goals[0].sentence);
        assert_int_equal(v.n_goals && v.goals[0].gold, rows[i].gold);
        pc_verdict_fini(&v);
    }
}

/* A speed-up that is missed by the way the time grows is not to be looked for elsewhere. */
static void growth_comes_before_the_speed_up(void **state)
{
    (void)state;
    static const struct pc_build built = {.built = true};
    static const struct pc_tests tested = {.ran = true, .n = 3};
    static const struct pc_speed slow = {.measured = true,
                                         .decision = PC_DECIDED_FAIL,
                                         .ratio = 1,
                                         .low = 0.9,
                                         .high = 1.1,
                                         .restarts = 5};
    const struct pc_limits limits = {.speedup = {.set = true, .min = 8}, .growth = limit};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        if (rows[i].code != PC_MISSED && rows[i].code != PC_PASSED)
            continue;
        struct pc_findings f = {
            .build = &built, .tests = &tested, .speed = &slow, .growth = &rows[i].growth};
        struct pc_verdict v;
        pc_judge(&limits, &f, &v);
        assert_int_equal(v.code, PC_MISSED);
        assert_int_equal(v.n_goals, 2);
        bool first = rows[i].growth.decision == PC_DECIDED_FAIL;
        assert_string_equal(v.next,
                            first ? "begin with growth: it is what the time is lost to"
                                  : "find where the time goes before you change "
                                    "anything");
        pc_verdict_fini(&v);
    }
}

static void a_quick_check_says_that_growth_was_not_judged(void **state)
{
    (void)state;
    static const struct pc_build built = {.built = true};
    static const struct pc_tests tested = {.ran = true, .n = 3};
    const struct pc_limits limits = {.growth = limit};
    struct pc_findings f = {.build = &built, .tests = &tested, .speed_skipped = true};
    struct pc_verdict v;
    pc_judge(&limits, &f, &v);
    assert_int_equal(v.code, PC_PASSED);
    assert_string_equal(v.reason, "the tests pass; the growth was not judged");
    pc_verdict_fini(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simulated_verdicts_are_never_wrong),
        cmocka_unit_test(the_summary_tells_curve_law_and_interval),
        cmocka_unit_test(a_round_without_an_exponent_is_not_counted),
        cmocka_unit_test(growth_is_put_into_words),
        cmocka_unit_test(growth_comes_before_the_speed_up),
        cmocka_unit_test(a_quick_check_says_that_growth_was_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
