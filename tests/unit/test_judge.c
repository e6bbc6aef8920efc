#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "base/mem.h"
#include "judge/judge.h"

/* Stages as they are when all is well, and as they go wrong. */

static const struct pc_build built = {.built = true};
static const struct pc_tests tested = {.ran = true, .n = 214};
static const struct pc_counts counted = {
    .ran = true,
    .agree = true,
    .metrics = {.n = 1, .items = {{"allocs/op", 1, 1, 1}}},
};
static const struct pc_counts counted_too_many = {
    .ran = true,
    .agree = true,
    .metrics = {.n = 1, .items = {{"allocs/op", 30, 30, 30}}},
};
static const struct pc_counts counted_with_place = {
    .ran = true,
    .agree = true,
    .metrics = {.n = 1, .items = {{"allocs/op", 30, 30, 30}}},
    .n_sites = 1,
    .sites = {{.allocs = 30, .place = {"join_names.c", 18, 0, "append"}}},
};
static const struct pc_counts counted_without_metrics = {.ran = true, .agree = true};
static const struct pc_counts leaks = {
    .ran = true,
    .agree = true,
    .metrics = {.n = 1, .items = {{"allocs/op", 30, 30, 30}}},
    .leaked_bytes = 6400,
    .leaked_allocs = 100,
};
static const struct pc_counts leaks_here = {
    .ran = true,
    .leaked_bytes = 64,
    .leaked_allocs = 1,
    .leaks = {{.address = 16,
               .place = {.file = "join.c", .line = 12, .function = "append"}}},
    .n_leaks = 1,
};
static const struct pc_counts leaks_everywhere = {
    .ran = true,
    .leaked_bytes = 6400,
    .leaked_allocs = 100,
    .leaks = {{.bytes = 4000},
              {.place = {.file = "join.c", .line = 12, .function = "append"}},
              {.place = {.file = "join.c", .line = 20}},
              {.place = {.file = "join.c", .line = 30}}},
    .n_leaks = 4,
};
static const struct pc_counts leaks_one = {
    .ran = true,
    .agree = true,
    .leaked_bytes = 64,
    .leaked_allocs = 1,
};
static const struct pc_counts counting_crashed = {
    .crash = {.ending = PC_ENDING_MEMORY, .during = "join"},
};
static const struct pc_counts not_counted = {0};

#define FAST .measured = true, .ratio = 2, .low = 1.9, .high = 2.1, .restarts = 5
static const struct pc_speed fast = {FAST, .decision = PC_DECIDED_PASS};
static const struct pc_speed slow = {FAST, .decision = PC_DECIDED_FAIL};
static const struct pc_speed doubtful = {FAST, .decision = PC_DECIDED_UNSURE};
static const struct pc_speed doubtful_and_busy = {FAST, .decision = PC_DECIDED_UNSURE,
                                                  .busy = 1.32};
static const struct pc_speed differs = {FAST, .decision = PC_DECIDED_PASS, .differs = true};
static const struct pc_speed timing_crashed = {
    .crash = {.ending = PC_ENDING_EXIT, .what = "exit(0)"},
};
static const struct pc_speed base_crashed = {
    .crash = {.ending = PC_ENDING_CRASH, .signal = SIGSEGV},
    .crash_in_base = true,
};
static const struct pc_speed base_failed = {.crash_in_base = true};
static const struct pc_speed not_timed = {0};

#define DOCTOR \
    "the kernel is not to blame: `perfcourse doctor` looks for the " \
    "cause"

enum { NO_BUILD = 1, NO_TESTS = 2, QUICK = 4, NO_LIMITS = 8 };

static const struct stage_row {
    const char *rule;
    int without;
    const struct pc_tests *tests; /* NULL: all pass */
    const struct pc_counts *counts;
    const struct pc_speed *speed;
    enum pc_code code;
    size_t goals;
    const char *reason, *next;
} stage_rows[] = {
    {"all is well", 0, NULL, &counted, &fast, PC_PASSED, 2, "all 2 limits are met",
     "if you want more: allocs/op 0 for gold, speedup 4.00x for silver"},
    {"without limits correctness is enough", NO_LIMITS, NULL, NULL, NULL, PC_PASSED, 0,
     "the tests pass", NULL},
    {"without limits a leak still counts", NO_LIMITS, NULL, &leaks_one, NULL, PC_WRONG, 0,
     "leaks 64 B in 1 block that is never freed",
     "free every block once, also where the function returns early"},
    {"a missed limit", 0, NULL, &counted_too_many, &fast, PC_MISSED, 2,
     "1 of 2 limits missed: allocs/op", "begin with allocs/op"},
    {"a missed limit with a place", 0, NULL, &counted_with_place, &fast, PC_MISSED, 2,
     "1 of 2 limits missed: allocs/op", "begin with allocs/op, at join_names.c:18"},
    {"two missed limits", 0, NULL, &counted_with_place, &slow, PC_MISSED, 2,
     "2 of 2 limits missed: allocs/op, speedup",
     "begin with allocs/op, at join_names.c:18"},
    {"a missed speed-up", 0, NULL, &counted, &slow, PC_MISSED, 2,
     "1 of 2 limits missed: speedup",
     "find where the time goes before you change anything"},
    {"an unsure speed-up", 0, NULL, &counted, &doubtful, PC_UNSURE, 2,
     "the speed-up is not certain", "check again with --careful, or make it faster"},
    {"unsure on a busy machine", 0, NULL, &counted, &doubtful_and_busy, PC_UNSURE, 2,
     "the speed-up is not certain",
     "other work kept 1.3 processors busy: check again when it is done, or with --careful"},
    {"a missed limit outranks an unsure speed-up", 0, NULL, &counted_too_many, &doubtful,
     PC_MISSED, 2, "1 of 2 limits missed: allocs/op", "begin with allocs/op"},
    {"a missed limit outranks a missing stage", 0, NULL, &counted_too_many, NULL, PC_MISSED,
     1, "the limit is missed: allocs/op", "begin with allocs/op"},
    {"--quick judges everything but the time", QUICK, NULL, &counted, NULL, PC_PASSED, 1,
     "the limit is met; the speed-up was not judged",
     "if you want more: allocs/op 0 for gold"},
    {"--quick leaves out a time that is there", QUICK, NULL, &counted, &slow, PC_PASSED, 1,
     "the limit is met; the speed-up was not judged",
     "if you want more: allocs/op 0 for gold"},
    {"a leak says where the block came from", NO_LIMITS, NULL, &leaks_here, NULL, PC_WRONG,
     0, "leaks 64 B in 1 block that is never freed, allocated at join.c:12 in append",
     "free every block once, also where the function returns early"},
    {"of many places the two with the most bytes are named", NO_LIMITS, NULL,
     &leaks_everywhere, NULL, PC_WRONG, 0,
     "leaks 6.25 KiB in 100 blocks that are never freed, allocated at join.c:12 in append, "
     "and at join.c:20 and at 2 other places",
     "free every block once, also where the function returns early"},
    {"--quick does not hide a leak", QUICK, NULL, &leaks, NULL, PC_WRONG, 1,
     "leaks 6.25 KiB in 100 blocks that are never freed",
     "free every block once, also where the function returns early"},

    {"no build", NO_BUILD, NULL, &counted, &fast, PC_ENVIRONMENT, 2,
     "the kernel was not built", DOCTOR},
    {"no tests", NO_TESTS, NULL, &counted, &fast, PC_ENVIRONMENT, 2,
     "the tests did not run", DOCTOR},
    {"tests that did not end", 0, &(struct pc_tests){.n = 3}, &counted, &fast,
     PC_ENVIRONMENT, 2, "the tests did not come to an end", DOCTOR},
    {"tests that are none", 0, &(struct pc_tests){.ran = true}, &counted, &fast,
     PC_ENVIRONMENT, 2, "the exercise has no tests", DOCTOR},
    {"counting that was not reached", 0, NULL, NULL, &fast, PC_ENVIRONMENT, 1,
     "the allocations were not counted", DOCTOR},
    {"counting that did not end", 0, NULL, &not_counted, &doubtful, PC_ENVIRONMENT, 1,
     "the allocations were not counted", DOCTOR},
    {"timing that was not reached", 0, NULL, &counted, NULL, PC_ENVIRONMENT, 1,
     "the speed-up was not measured", DOCTOR},
    {"timing without a measurement", 0, NULL, &counted, &not_timed, PC_ENVIRONMENT, 1,
     "the speed-up was not measured", DOCTOR},
    {"a metric that the bench does not report", 0, NULL, &counted_without_metrics, &slow,
     PC_ENVIRONMENT, 2, "the bench reports no allocs/op", DOCTOR},

    {"a failed test outranks all that follows", 0,
     &(struct pc_tests){.ran = true,
                        .n = 214,
                        .failed = 2,
                        .n_items = 1,
                        .items = &(struct pc_failure){.test = (char[]){"joins_nothing"}}},
     &leaks, &differs, PC_WRONG, 1,
     "wrong result: 2 of 214 tests failed, first joins_nothing",
     "make the first failing test pass, speed comes after that"},
    {"a crash outranks the tests that failed before it", 0,
     &(struct pc_tests){.failed = 2,
                        .crash = {.ending = PC_ENDING_CRASH, .signal = SIGSEGV}},
     NULL, NULL, PC_CRASH, 0, "crashed: Segmentation fault, in the tests",
     "run it in a debugger, it stops where the crash is"},
    {"a crash while counting", 0, NULL, &counting_crashed, NULL, PC_CRASH, 0,
     "used more memory than is allowed, while allocations were counted (join)",
     "look for a size that is computed wrongly or grows without end"},
    {"a leak outranks limits, which are judged all the same", 0, NULL, &leaks, &slow,
     PC_WRONG, 2, "leaks 6.25 KiB in 100 blocks that are never freed",
     "free every block once, also where the function returns early"},
    {"a crash while timing", 0, NULL, &counted_too_many, &timing_crashed, PC_CRASH, 1,
     "ended the program instead of returning: exit(0), while it was timed",
     "return to the caller, whatever happens"},
    {"a crash of the starter is not the learner's", 0, NULL, &counted, &base_crashed,
     PC_ENVIRONMENT, 1,
     "the starter failed: crashed: Segmentation fault, while it was timed", DOCTOR},
    {"a starter that failed without a reason", 0, NULL, &counted, &base_failed,
     PC_ENVIRONMENT, 1, "the starter failed: gave no reason, while it was timed", DOCTOR},
    {"other results than the starter's", 0, NULL, &counted, &differs, PC_WRONG, 1,
     "wrong result: on the inputs of the bench it differs from the starter's",
     "the tests pass, so think of larger inputs and of state that one call leaves to the "
     "next"},
};

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

static void the_first_stage_that_went_wrong_decides(void **state)
{
    (void)state;
    static const struct pc_limits limits = {
        .n = 1,
        .items = {{"allocs/op", .max = 24, .min = -INFINITY, .gold = 0}},
        .speedup = {.set = true, .min = 1.5, .silver = 4, .gold = 8},
    };
    static const struct pc_limits none = {0};
    for (size_t i = 0; i < PC_COUNT(stage_rows); i++) {
        const struct stage_row *row = &stage_rows[i];
        struct pc_findings f = {
            .build = row->without & NO_BUILD ? NULL : &built,
            .tests = row->without & NO_TESTS ? NULL
                     : row->tests            ? row->tests
                                             : &tested,
            .counts = row->counts,
            .speed = row->speed,
            .speed_skipped = row->without & QUICK,
        };
        struct pc_verdict v;
        pc_judge(row->without & NO_LIMITS ? &none : &limits, &f, &v);
        expect(row->rule, &v, row->code, row->reason, row->next);
        if (v.n_goals != row->goals || v.speed_skipped != f.speed_skipped)
            fail_msg("%s: %zu goals", row->rule, v.n_goals);
        pc_verdict_fini(&v);
    }
}

static void a_metric_that_is_not_reported_is_a_failed_goal(void **state)
{
    (void)state;
    struct pc_limits limits = {
        .n = 1,
        .items = {{"conns/op", .max = INFINITY, .min = 8, .gold = NAN}},
    };
    struct pc_findings f = {.build = &built, .tests = &tested, .counts = &counted};
    struct pc_verdict v;
    pc_judge(&limits, &f, &v);
    assert_int_equal(v.n_goals, 1);
    assert_int_equal(v.goals[0].kind, PC_VERDICT_FAIL);
    assert_true(isnan(v.goals[0].value) && v.goals[0].bound == 8 && !v.goals[0].at_most);
    assert_string_equal(v.goals[0].sentence, "conns/op: the bench reports no conns/op");
    pc_verdict_fini(&v);
}

static void a_build_error_is_named_by_its_place(void **state)
{
    (void)state;
    struct pc_diagnostic items[] = {
        {.place = {"join_names.c", 3, 1, ""}, .text = (char[]){"unused variable"}},
        {.place = {"join_names.c", 12, 5, ""},
         .error = true,
         .text = (char[]){"expected ';'\nnote"}},
        {.place = {"join_names.c", 20, 1, ""},
         .error = true,
         .text = (char[]){"expected '}'"}},
    };
    struct pc_diagnostic nowhere = {.error = true, .text = (char[]){"it defines malloc"}};
    const struct {
        struct pc_build build;
        const char *reason, *next;
    } rows[] = {
        {{.items = items, .n = 3},
         "does not build: join_names.c:12:5: expected ';'",
         "fix the first error, the others may come from it"},
        {{.items = items, .n = 2},
         "does not build: join_names.c:12:5: expected ';'",
         "fix it and check again"},
        {{.items = &nowhere, .n = 1},
         "does not build: it defines malloc",
         "fix it and check again"},
        {{.trouble = (char[]){"took longer than 10 s\nand more"}},
         "does not build: took longer than 10 s",
         NULL},
        {{.items = items, .n = 1}, "does not build: the compiler gave no reason", NULL},
    };
    static const struct pc_limits limits = {0};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_findings f = {.build = &rows[i].build};
        struct pc_verdict v;
        pc_judge(&limits, &f, &v);
        expect("a build error", &v, PC_NOBUILD, rows[i].reason, rows[i].next);
        pc_verdict_fini(&v);
    }
}

static void every_ending_has_words(void **state)
{
    (void)state;
#define HERE .place = {"join_names.c", 18, 9, "append"}, .during = "joins_all"
    static const struct {
        struct pc_crash crash;
        const char *reason, *next;
    } rows[] = {
        {{.ending = PC_ENDING_SANITIZER,
          .what = "heap-buffer-overflow: WRITE of size 1",
          HERE},
         "undefined behaviour: heap-buffer-overflow: WRITE of size 1 at join_names.c:18 in "
         "append, in the tests (joins_all)",
         "look at the sizes and lifetimes that this line relies on"},
        {{.ending = PC_ENDING_CRASH, .signal = SIGSEGV, HERE},
         "crashed: Segmentation fault at join_names.c:18 in append, in the tests "
         "(joins_all)",
         "look at the pointers and indexes that this line uses"},
        {{.ending = PC_ENDING_CRASH, .signal = 99},
         "crashed: unknown signal, in the tests",
         "run it in a debugger, it stops where the crash is"},
        {{.ending = PC_ENDING_SANITIZER, .what = "stack-\033[2Joverflow\nmore"},
         "undefined behaviour: stack-?[2Joverflow, in the tests",
         "run it in a debugger, it stops where the crash is"},
        {{.ending = PC_ENDING_EXIT},
         "ended the program instead of returning, in the tests",
         "return to the caller, whatever happens"},
        {{.ending = PC_ENDING_TIME},
         "did not finish within the time limit, in the tests",
         "look for a loop that does not end on some input"},
        {{.ending = PC_ENDING_TIME, .asleep = true},
         "did not finish within the time limit, asleep or deadlocked, in the tests",
         "look for a lock, a read or a join that nobody answers"},
        {{.ending = PC_ENDING_MEMORY},
         "used more memory than is allowed, in the tests",
         "look for a size that is computed wrongly or grows without end"},
        {{.ending = PC_ENDING_THREADS},
         "started more threads than is allowed, in the tests",
         "join the threads that were started before there are more"},
        {{.ending = PC_ENDING_OUTPUT},
         "printed more than is allowed, in the tests",
         "remove the printing, a kernel only returns its result"},
        {{.ending = PC_ENDING_PROTOCOL, .what = "silence"},
         "broke the connection to its host: silence, in the tests",
         "leave file descriptors alone that the kernel did not open, and memory that it "
         "was "
         "not given"},
        {{.ending = PC_ENDING_REFUSED, .what = "undefined symbol: dlsym"},
         "refused: undefined symbol: dlsym, in the tests",
         "do without what is named there"},
    };
    static const struct pc_limits limits = {0};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_tests tests = {.crash = rows[i].crash};
        struct pc_findings f = {.build = &built, .tests = &tests};
        struct pc_verdict v;
        pc_judge(&limits, &f, &v);
        bool refused = rows[i].crash.ending == PC_ENDING_REFUSED;
        expect("an ending", &v, refused ? PC_NOBUILD : PC_CRASH, rows[i].reason,
               rows[i].next);
        pc_verdict_fini(&v);
    }
}

static void claims_refused_while_timed_are_no_build_error(void **state)
{
    (void)state;
    static const struct pc_limits limits = {0};
    struct pc_tests tests = {.ran = true, .n = 3};
    struct pc_speed speed = {.crash = {.ending = PC_ENDING_REFUSED,
                                       .what = "it claims less time than it has used"}};
    struct pc_findings f = {.build = &built, .tests = &tests, .speed = &speed};
    struct pc_verdict v;
    pc_judge(&limits, &f, &v);
    assert_int_equal(v.code, PC_CRASH);
    assert_non_null(strstr(v.reason, "it claims less time than it has used"));
    pc_verdict_fini(&v);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_stage_that_went_wrong_decides),
        cmocka_unit_test(a_metric_that_is_not_reported_is_a_failed_goal),
        cmocka_unit_test(a_build_error_is_named_by_its_place),
        cmocka_unit_test(every_ending_has_words),
        cmocka_unit_test(claims_refused_while_timed_are_no_build_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
