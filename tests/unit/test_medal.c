#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "judge/judge.h"

static const struct pc_build built = {.built = true};
static const struct pc_tests tested = {.ran = true, .n = 3};

static void a_medal_needs_every_bound_of_its_kind(void **state)
{
    (void)state;
    enum { ALLOCS_GOLD = 1, NO_SILVER = 2, NO_GOLD = 4, UNTIMED = 8, NO_ALLOCS = 16 };
    static const struct {
        const char *rule;
        int what;
        double low; /* of the speed-up's interval */
        enum pc_medal medal;
    } rows[] = {
        {"a pass below silver", ALLOCS_GOLD, 3, PC_MEDAL_NONE},
        {"silver is the speed-up's", 0, 5, PC_MEDAL_SILVER},
        {"gold in time alone is silver", 0, 9, PC_MEDAL_SILVER},
        {"gold in all is gold", ALLOCS_GOLD, 9, PC_MEDAL_GOLD},
        {"gold counts and a silver time are silver", ALLOCS_GOLD, 5, PC_MEDAL_SILVER},
        {"where time has no gold, silver does", ALLOCS_GOLD | NO_GOLD, 5, PC_MEDAL_GOLD},
        {"gold counts do not make up for the time", ALLOCS_GOLD | NO_GOLD, 3,
         PC_MEDAL_NONE},
        {"where time has neither, counts decide", ALLOCS_GOLD | NO_GOLD | NO_SILVER, 3,
         PC_MEDAL_GOLD},
        {"without silver there is none", NO_SILVER, 5, PC_MEDAL_NONE},
        {"without bounds there are none", NO_SILVER | NO_GOLD | NO_ALLOCS, 9,
         PC_MEDAL_NONE},
        {"what was not timed earns none", ALLOCS_GOLD | UNTIMED, 9, PC_MEDAL_NONE},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        int what = rows[i].what;
        struct pc_limits limits = {
            .n = 1,
            .items = {{"allocs/op", .max = 24, .min = -INFINITY,
                       .gold = what & NO_ALLOCS ? (double)NAN : 4}},
            .speedup = {.set = true,
                        .min = 1.5,
                        .silver = what & NO_SILVER ? (double)NAN : 4,
                        .gold = what & NO_GOLD ? (double)NAN : 8},
        };
        double allocs = what & ALLOCS_GOLD ? 1 : 20;
        struct pc_counts counts = {
            .ran = true,
            .agree = true,
            .metrics = {.n = 1, .items = {{"allocs/op", allocs, allocs, allocs}}}};
        struct pc_speed speed = {.measured = true,
                                 .decision = PC_DECIDED_PASS,
                                 .ratio = rows[i].low + 1,
                                 .low = rows[i].low,
                                 .high = rows[i].low + 2,
                                 .restarts = 5};
        struct pc_findings f = {.build = &built,
                                .tests = &tested,
                                .counts = &counts,
                                .speed = &speed,
                                .speed_skipped = (what & UNTIMED) != 0};
        struct pc_verdict v;
        pc_judge(&limits, &f, &v);
        assert_int_equal(v.code, PC_PASSED);
        if (v.medal != rows[i].medal)
            fail_msg("%s: %s", rows[i].rule, pc_medal_name(v.medal));
        pc_verdict_fini(&v);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_medal_needs_every_bound_of_its_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
