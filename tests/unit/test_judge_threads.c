#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "base/mem.h"
#include "judge/judge.h"

/* Kernels with threads: what is judged depends on how many processors there are. */

static const struct pc_build built = {.built = true};
static const struct pc_tests tested = {.ran = true, .n = 214};
static const struct pc_counts counted = {.ran = true, .agree = true};
static const struct pc_counts leaks = {
    .ran = true, .agree = true, .leaked_bytes = 6400, .leaked_allocs = 100};

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

static struct pc_limits parallel_limits(unsigned allowed)
{
    struct pc_limits limits = {.speedup = {.set = true,
                                           .min = 0.7,
                                           .silver = NAN,
                                           .gold = 0.9,
                                           .cpus = 8,
                                           .least = 2,
                                           .per_cpu = true}};
    pc_speed_limit_here(&limits.speedup, allowed);
    return limits;
}

static void bounds_for_each_processor_follow_the_processors(void **state)
{
    (void)state;
    static const struct {
        unsigned allowed, threads;
        double min, gold;
    } rows[] = {{1, 0, 0.7, 0.9}, {2, 2, 1.4, 1.8}, {3, 3, 2.1, 2.7}, {64, 8, 5.6, 7.2}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_limits limits = parallel_limits(rows[i].allowed);
        const struct pc_speed_limit *l = &limits.speedup;
        assert_int_equal(l->threads, rows[i].threads);
        assert_true(fabs(l->min - rows[i].min) < 1e-9 &&
                    fabs(l->gold - rows[i].gold) < 1e-9);
        assert_true(isnan(l->silver));
    }
    /* A ratio stays what it is, and a kernel of one thread what it was. */
    struct pc_speed_limit ratio = {.set = true, .min = 1.5, .cpus = 4, .least = 2};
    pc_speed_limit_here(&ratio, 64);
    assert_true(ratio.threads == 4 && ratio.min == 1.5);
    struct pc_speed_limit one = {.set = true, .min = 1.5};
    pc_speed_limit_here(&one, 64);
    assert_true(one.threads == 0 && one.min == 1.5);
}

/* One processor: not passed, not missed, and whatever else is wrong comes first. */
static void a_speedup_by_threads_cannot_be_judged_on_one_processor(void **state)
{
    (void)state;
    struct pc_limits limits = parallel_limits(1);
    struct pc_findings f = {.build = &built, .tests = &tested, .counts = &counted};
    struct pc_verdict v;
    pc_judge(&limits, &f, &v);
    expect("one processor", &v, PC_ENVIRONMENT,
           "the speed-up cannot be judged here: it takes 2 processors, and this machine "
           "lends 1",
           "everything else is fine; check it where more processors are allowed");
    assert_int_equal(v.n_goals, 0);
    pc_verdict_fini(&v);
    f.counts = &leaks;
    pc_judge(&limits, &f, &v);
    assert_int_equal(v.code, PC_WRONG);
    pc_verdict_fini(&v);
    f.counts = &counted;
    f.speed_skipped = true;
    pc_judge(&limits, &f, &v);
    assert_int_equal(v.code, PC_PASSED);
    pc_verdict_fini(&v);
}

static void a_race_is_told_with_both_places(void **state)
{
    (void)state;
    struct pc_tests raced = {.crash = {.ending = PC_ENDING_SANITIZER,
                                       .what = "data race: Write of size 8",
                                       .place = {"tally.c", 12, 0, "add"},
                                       .other = {"tally.c", 20, 0, "total"},
                                       .during = "adds"}};
    static const struct pc_limits limits = {0};
    struct pc_findings f = {.build = &built, .tests = &raced};
    struct pc_verdict v;
    pc_judge(&limits, &f, &v);
    expect("a race", &v, PC_CRASH,
           "data race: Write of size 8 at tally.c:12 in add, and another thread at "
           "tally.c:20 in total, in the tests (adds)",
           "let one thread at a time touch it: by a lock, an atomic, or memory of its own "
           "for each thread");
    pc_verdict_fini(&v);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_for_each_processor_follow_the_processors),
        cmocka_unit_test(a_speedup_by_threads_cannot_be_judged_on_one_processor),
        cmocka_unit_test(a_race_is_told_with_both_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
