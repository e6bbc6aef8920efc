#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "judge/certify.h"

static struct pc_topic topic = {.number = 7, .title = (char *)"Strings"};
static const struct pc_exercise exercise = {
    .name = (char *)"join", .number = 1, .n_hints = 3, .topic = &topic};

static struct pc_tried tried_as(enum pc_role role, const char *kernel, const char *reason)
{
    struct pc_tried tried = {.exercise = &exercise,
                             .compiler = "gcc",
                             .role = role,
                             .kernel = pc_strdup(kernel),
                             .low = NAN,
                             .high = NAN};
    if (reason)
        pc_words_add(&tried.declared, reason);
    return tried;
}

static struct pc_goal goal(const char *metric, double value, double bound, bool at_most)
{
    struct pc_goal goal = {.kind = isnan(value) ? PC_VERDICT_FAIL
                                   : at_most == (value <= bound) || value == bound
                                       ? PC_VERDICT_PASS
                                       : PC_VERDICT_FAIL,
                           .value = value,
                           .bound = bound,
                           .at_most = at_most};
    snprintf(goal.metric, sizeof goal.metric, "%s", metric);
    return goal;
}

/* What a kernel must be, what was found, and the beginning of the defect, NULL for none. */
static const struct row {
    const char *rule;
    enum pc_role role;
    const char *declared;
    enum pc_code code;
    struct {
        const char *metric;
        double value, bound;
        bool at_most;
    } goal;
    uint64_t leaked;
    size_t failed; /* tests */
    const char *defect;
    bool doubtful;
} rows[] = {
    {"a starter that fails as declared",
     PC_ROLE_STARTER,
     "speedup",
     PC_MISSED,
     {"speedup", 1, 8, false},
     0,
     0,
     NULL,
     false},
    {"a starter that passes",
     PC_ROLE_STARTER,
     "speedup",
     PC_PASSED,
     {"speedup", 9, 8, false},
     0,
     0,
     "it passes, but must be refused for speedup",
     false},
    {"a mutant refused for something else",
     PC_ROLE_MUTANT,
     "wrong",
     PC_CRASH,
     {0},
     0,
     0,
     "it is refused for crash instead of wrong",
     false},
    {"a starter that names nothing is as far away as can be",
     PC_ROLE_STARTER,
     "hotspot",
     PC_MISSED,
     {"hotspot", NAN, NAN, false},
     0,
     0,
     NULL,
     false},
    {"a reference whose hotspot is hardly one",
     PC_ROLE_REFERENCE,
     NULL,
     PC_PASSED,
     {"hotspot", 48, 40, false},
     0,
     0,
     "hotspot 48 % is 1.20 times from its limit 40 %",
     true},
    {"a leak is not a wrong result",
     PC_ROLE_MUTANT,
     "leak",
     PC_WRONG,
     {0},
     1,
     0,
     NULL,
     false},
    {"a wrong result that leaks is wrong",
     PC_ROLE_MUTANT,
     "wrong",
     PC_WRONG,
     {0},
     1,
     1,
     NULL,
     false},
    {"a mutant near its limit",
     PC_ROLE_MUTANT,
     "speedup",
     PC_MISSED,
     {"speedup", 7, 8, false},
     0,
     0,
     "speedup 7.00x is 1.14 times",
     true},
    {"a mutant may be near in what it keeps",
     PC_ROLE_MUTANT,
     "wrong",
     PC_WRONG,
     {"allocs/op", 24, 24, true},
     0,
     1,
     NULL,
     false},
    {"a reference that is refused",
     PC_ROLE_REFERENCE,
     NULL,
     PC_WRONG,
     {0},
     0,
     1,
     "it must pass, but is refused for wrong",
     false},
    {"a reference with room",
     PC_ROLE_REFERENCE,
     NULL,
     PC_PASSED,
     {"speedup", 12, 8, false},
     0,
     0,
     NULL,
     false},
    {"a reference too near in time",
     PC_ROLE_REFERENCE,
     NULL,
     PC_PASSED,
     {"speedup", 11, 8, false},
     0,
     0,
     "speedup 11.0x is 1.38 times from its limit 8.00x",
     true},
    {"a reference too near in a count",
     PC_ROLE_REFERENCE,
     NULL,
     PC_PASSED,
     {"allocs/op", 20, 24, true},
     0,
     0,
     "allocs/op 20 is 1.20 times from its limit 24",
     false},
    {"none of none is exact",
     PC_ROLE_REFERENCE,
     NULL,
     PC_PASSED,
     {"allocs/op", 0, 0, true},
     0,
     0,
     NULL,
     false},
    {"one of one is exact",
     PC_ROLE_REFERENCE,
     NULL,
     PC_PASSED,
     {"allocs/op", 1, 1, true},
     0,
     0,
     NULL,
     false},
    {"two of two is near",
     PC_ROLE_REFERENCE,
     NULL,
     PC_PASSED,
     {"allocs/op", 2, 2, true},
     0,
     0,
     "allocs/op 2 is 1.00 times",
     false},
    {"an exponent with room",
     PC_ROLE_REFERENCE,
     NULL,
     PC_PASSED,
     {"growth", 1.05, 1.3, true},
     0,
     0,
     NULL,
     false},
    {"an exponent too near",
     PC_ROLE_REFERENCE,
     NULL,
     PC_PASSED,
     {"growth", 1.2, 1.3, true},
     0,
     0,
     "is 1.26 times from its limit",
     true},
    {"an unsure reference",
     PC_ROLE_REFERENCE,
     NULL,
     PC_UNSURE,
     {0},
     0,
     0,
     "it must pass, but is refused for unsure",
     true},
    {"a machine that failed",
     PC_ROLE_MUTANT,
     "speedup",
     PC_ENVIRONMENT,
     {0},
     0,
     0,
     "it is refused for not judged instead of speedup",
     false},
};

static void a_kernel_is_held_against_what_is_declared(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const struct row *row = &rows[i];
        struct pc_certificate certificate = {0};
        struct pc_tried tried = tried_as(row->role, "kernel", row->declared);
        struct pc_verdict verdict = {.code = row->code};
        if (row->goal.metric)
            verdict.goals[verdict.n_goals++] =
                goal(row->goal.metric, row->goal.value, row->goal.bound, row->goal.at_most);
        const struct pc_tests tests = {.ran = true, .n = 3, .failed = row->failed};
        const struct pc_counts counts = {.ran = true, .leaked_allocs = row->leaked};
        const struct pc_findings findings = {.tests = &tests, .counts = &counts};
        pc_certify_note(&tried, &verdict, &findings);
        if (pc_certify_is_doubtful(&tried) != row->doubtful)
            fail_msg("%s: doubtful", row->rule);
        pc_certify_tried(&tried, "why", &certificate);
        if (certificate.defects.n != (row->defect != NULL))
            fail_msg("%s: %zu defects", row->rule, certificate.defects.n);
        if (row->defect && !strstr(certificate.defects.items[0].what, row->defect))
            fail_msg("%s: %s", row->rule, certificate.defects.items[0].what);
        if (row->defect)
            assert_string_equal(certificate.defects.items[0].where,
                                "07.1 join, gcc, kernel");
        *PC_PUSH(&certificate.tried) = tried;
        pc_certificate_fini(&certificate);
    }
}

/* Or its reasons would depend on how busy the machine was. */
static void what_is_unsure_beside_a_miss_is_measured_again(void **state)
{
    (void)state;
    struct pc_tried tried = tried_as(PC_ROLE_STARTER, "starter", "speedup");
    struct pc_verdict verdict = {.code = PC_MISSED, .n_goals = 2};
    verdict.goals[0] = goal("speedup", 1, 2, false);
    verdict.goals[1] = goal("growth", 1.7, 1.3, true);
    pc_certify_note(&tried, &verdict, &(struct pc_findings){0});
    assert_false(pc_certify_is_doubtful(&tried));
    verdict.goals[1].kind = PC_VERDICT_UNSURE;
    pc_certify_note(&tried, &verdict, &(struct pc_findings){0});
    assert_true(pc_certify_is_doubtful(&tried));
    struct pc_certificate certificate = {0};
    *PC_PUSH(&certificate.tried) = tried;
    pc_certificate_fini(&certificate);
}

/* How much of the way from a band's middle to its bound is left.  1.05 of 1.25 would be near
 * without a middle. */
static void in_a_band_a_reference_is_near_the_middle(void **state)
{
    (void)state;
    static const double bands[][3] = {{1.05, 1, 0}, {1.2, 1, 1}, {1.05, 0, 1}};
    for (size_t i = 0; i < PC_COUNT(bands); i++) {
        struct pc_certificate certificate = {0};
        struct pc_tried *tried = PC_PUSH(&certificate.tried);
        *tried = tried_as(PC_ROLE_REFERENCE, "reference", NULL);
        struct pc_verdict verdict = {.n_goals = 1};
        verdict.goals[0] = goal("report/truth", bands[i][0], 1.25, true);
        verdict.goals[0].middle = bands[i][1];
        pc_certify_note(tried, &verdict, &(struct pc_findings){0});
        pc_certify_tried(tried, NULL, &certificate);
        assert_int_equal(certificate.defects.n, bands[i][2]);
        pc_certificate_fini(&certificate);
    }
}

/* A kernel with an interval of its speed-up around `ratio`, 5 % to either side. */
static void add_timed(struct pc_certificate *certificate, enum pc_role role,
                      const char *kernel, double ratio)
{
    struct pc_tried *tried = PC_PUSH(&certificate->tried);
    *tried = tried_as(role, kernel, role == PC_ROLE_REFERENCE ? NULL : "speedup");
    struct pc_verdict verdict = {.n_goals = 1};
    verdict.goals[0] = goal("speedup", ratio, 2, false);
    const struct pc_speed speed = {.measured = true,
                                   .ratio = ratio,
                                   .low = ratio * 0.95,
                                   .high = ratio * 1.05,
                                   .restarts = 20};
    pc_certify_note(tried, &verdict, &(struct pc_findings){.speed = &speed});
}

static void a_proposal_lies_between_what_must_pass_and_what_must_not(void **state)
{
    (void)state;
    static const struct pc_limits limits = {
        .speedup = {.set = true, .min = 2, .silver = NAN, .gold = NAN}};
    struct pc_certificate certificate = {0};
    add_timed(&certificate, PC_ROLE_STARTER, "starter", 1);
    add_timed(&certificate, PC_ROLE_REFERENCE, "reference", 10);
    add_timed(&certificate, PC_ROLE_REFERENCE, "reference", 8);
    add_timed(&certificate, PC_ROLE_MUTANT, "half_way", 4);
    add_timed(&certificate, PC_ROLE_MUTANT, "slow", 2);
    pc_certify_propose(&exercise, &limits, &certificate);
    assert_int_equal(certificate.proposals.n, 1);
    const struct pc_proposal *p = &certificate.proposals.items[0];
    assert_true(fabs(p->reference - 7.6) < 1e-9);
    assert_true(fabs(p->bound - 5) < 1e-9);    /* 7.6 / 1.5 = 5.07 */
    assert_true(fabs(p->silver - 6.8) < 1e-9); /* 0.9 x 7.6 = 6.84 */
    assert_true(fabs(p->gold - 14) < 1e-9);    /* 1.25 x 10.5 = 13.1 */
    assert_true(fabs(p->nearest - 4.2) < 1e-9);
    assert_string_equal(p->nearest_one, "half_way");
    assert_true(fabs(p->now - 2) < 1e-9);
    pc_certificate_fini(&certificate);
}

static void limits_that_nothing_misses_are_named(void **state)
{
    (void)state;
    char *speed[] = {(char *)"speedup"}, *allocs[] = {(char *)"allocs/op"};
    struct pc_mutant mutant = {.name = (char *)"m", .fails = allocs, .n_fails = 1};
    struct pc_limits limits = {.speedup = {.set = true, .min = 2},
                               .n = 2,
                               .items = {{.metric = "allocs/op"}, {.metric = "B/op"}},
                               .fails = speed,
                               .n_fails = 1,
                               .mutants = &mutant,
                               .n_mutants = 1};
    struct pc_certificate certificate = {0};
    pc_certify_limits(&exercise, &limits, &certificate);
    assert_int_equal(certificate.defects.n, 1);
    assert_non_null(strstr(certificate.defects.items[0].what, "misses B/op"));
    pc_certificate_fini(&certificate);
}

static void missing_texts_are_named(void **state)
{
    (void)state;
    struct pc_certificate certificate = {0};
    pc_certify_exercise(&exercise, &certificate);
    assert_int_equal(certificate.defects.n, 2);
    pc_certificate_fini(&certificate);
    struct pc_card card = {.name = (char *)"c", .n_choices = 2, .right = 3};
    topic.cards = &card;
    topic.n_cards = 1;
    pc_certify_topic(&topic, &certificate);
    /* No page, no experiment, no essence, and an answer that is no choice. */
    assert_int_equal(certificate.defects.n, 4);
    assert_string_equal(certificate.defects.items[3].what,
                        "card c: its answer is none of its choices");
    topic.n_cards = 0;
    pc_certificate_fini(&certificate);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kernel_is_held_against_what_is_declared),
        cmocka_unit_test(what_is_unsure_beside_a_miss_is_measured_again),
        cmocka_unit_test(a_proposal_lies_between_what_must_pass_and_what_must_not),
        cmocka_unit_test(limits_that_nothing_misses_are_named),
        cmocka_unit_test(in_a_band_a_reference_is_near_the_middle),
        cmocka_unit_test(missing_texts_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
