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

/* Findings in which nothing went wrong before the limits. */
static const struct pc_build built = {.built = true};
static const struct pc_tests tested = {.ran = true, .n = 3};

static void judge(const struct pc_limits *limits, const struct pc_counts *counts,
                  const struct pc_speed *speed, struct pc_verdict *v)
{
    struct pc_findings f = {
        .build = &built,
        .tests = &tested,
        .counts = counts,
        .speed = speed,
    };
    pc_judge(limits, &f, v);
}

/* One metric, one limit, one sentence. */

#define AT_MOST(metric_, bound) \
    { \
        .metric = metric_, .max = bound, .min = -INFINITY, .gold = NAN \
    }
#define AT_LEAST(metric_, bound) \
    { \
        .metric = metric_, .max = INFINITY, .min = bound, .gold = NAN \
    }

static const struct metric_row {
    const char *rule;
    struct pc_limit limit;
    struct pc_metric metric;
    enum pc_verdict_kind kind;
    const char *sentence;
    struct pc_site site;
    bool gold, at_most, differs;
    double value;
} metric_rows[] = {
    {
        .rule = "below the bound passes",
        .limit = AT_MOST("allocs/op", 24),
        .metric = {"allocs/op", 11, 11, 11},
        .kind = PC_VERDICT_PASS,
        .sentence = "allocs/op: 11, at most 24 allowed: passed",
        .at_most = true,
        .value = 11,
    },
    {
        .rule = "exactly on the bound passes",
        .limit = AT_MOST("B/op", 4096),
        .metric = {"B/op", 64, 4096, 64},
        .kind = PC_VERDICT_PASS,
        .sentence = "B/op: 4.00 KiB, at most 4.00 KiB allowed: passed",
        .at_most = true,
        .value = 4096,
    },
    {
        .rule = "the worst operation is judged, not the mean",
        .limit = AT_MOST("allocs/op", 24),
        .metric = {"allocs/op", 1, 2001, 3},
        .kind = PC_VERDICT_FAIL,
        .sentence = "allocs/op: 2001, at most 24 allowed: 1977 too many; allocate less "
                    "often (grow by a factor, or compute the size first)",
        .at_most = true,
        .value = 2001,
    },
    {
        .rule = "the mean is judged where the course asks for it",
        .limit = {"allocs/op", .max = 0.5, .min = -INFINITY, .gold = NAN,
                  .stat = PC_STAT_MEAN},
        .metric = {"allocs/op", 0, 12, 0.25},
        .kind = PC_VERDICT_PASS,
        .sentence = "allocs/op: 0.25 on average, at most 0.5 allowed: passed",
        .at_most = true,
        .value = 0.25,
    },
    {
        .rule = "a missed limit names the busiest place",
        .limit = AT_MOST("allocs/op", 24),
        .metric = {"allocs/op", 2001, 2001, 2001},
        .kind = PC_VERDICT_FAIL,
        .sentence = "allocs/op: 2001, at most 24 allowed: 1977 too many, most at "
                    "join_names.c:18 in append; allocate less often (grow by a factor, or "
                    "compute the size first)",
        .site = {.allocs = 2000, .place = {"join_names.c", 18, 5, "append"}},
        .at_most = true,
        .value = 2001,
    },
    {
        .rule = "a place without a function has a line",
        .limit = AT_MOST("B/op", 2048),
        .metric = {"B/op", 2049, 2049, 2049},
        .kind = PC_VERDICT_FAIL,
        .sentence = "B/op: 2.00 KiB, at most 2.00 KiB allowed: 1 B too much, most at "
                    "join_names.c:18; ask for less (compute the size first, or use a "
                    "buffer again)",
        .site = {.bytes = 2049, .place = {"join_names.c", 18, 0, ""}},
        .at_most = true,
        .value = 2049,
    },
    {
        .rule = "numbers that depend on the input show their range",
        .limit = AT_MOST("allocs/op", 24),
        .metric = {"allocs/op", 9, 11, 10},
        .kind = PC_VERDICT_PASS,
        .sentence = "allocs/op: 9 to 11, at most 24 allowed: "
                    "passed",
        .at_most = true,
        .differs = true,
        .value = 11,
    },
    {
        .rule = "gold is beyond the pass",
        .limit = {"allocs/op", .max = 24, .min = -INFINITY, .gold = 1},
        .metric = {"allocs/op", 1, 1, 1},
        .kind = PC_VERDICT_PASS,
        .sentence = "allocs/op: 1, at most 24 allowed: passed, gold",
        .gold = true,
        .at_most = true,
        .value = 1,
    },
    {
        .rule = "a least bound judges the operation that comes off worst",
        .limit = AT_LEAST("conns/op", 8),
        .metric = {"conns/op", 5, 9, 8.5},
        .kind = PC_VERDICT_FAIL,
        .sentence = "conns/op: 5, at least 8 needed: 3 too few; find what holds down "
                    "conns/op",
        .value = 5,
    },
    {
        .rule = "gold of a least bound lies above it",
        .limit = {"kept/needed", .max = INFINITY, .min = 0.5, .gold = 0.9},
        .metric = {"kept/needed", 0.95, 1, 0.97},
        .kind = PC_VERDICT_PASS,
        .sentence = "kept/needed: 0.95, at least 0.5 needed: passed, gold",
        .gold = true,
        .value = 0.95,
    },
    {
        .rule = "of two bounds the missed one is named",
        .limit = {"report/truth", .max = 1.1, .min = 0.9, .gold = NAN},
        .metric = {"report/truth", 0.5, 1, 0.7},
        .kind = PC_VERDICT_FAIL,
        .sentence = "report/truth: 0.5, at least 0.9 needed: 0.4 too little; find what "
                    "holds down report/truth",
        .value = 0.5,
    },
    {
        .rule = "both ends of the values are held against two bounds",
        .limit = {"report/truth", .max = 1.1, .min = 0.9, .gold = NAN},
        .metric = {"report/truth", 1, 1.5, 1.2},
        .kind = PC_VERDICT_FAIL,
        .sentence = "report/truth: 1.5, at most 1.1 allowed: 0.4 too much; find what "
                    "raises report/truth",
        .at_most = true,
        .value = 1.5,
    },
    {
        .rule = "a distance too small to be printed is not called 0",
        .limit = AT_MOST("cap/len", 1.4),
        .metric = {"cap/len", 1.4, 1.40001, 1.4},
        .kind = PC_VERDICT_FAIL,
        .sentence = "cap/len: 1.4, at most 1.4 allowed: a little too much; find what "
                    "raises cap/len",
        .at_most = true,
        .value = 1.40001,
    },
    {
        .rule = "what is not a number does not pass",
        .limit = {"cap/len", .max = 1.4, .min = 1, .gold = NAN},
        .metric = {"cap/len", NAN, NAN, NAN},
        .kind = PC_VERDICT_FAIL,
        .sentence = "cap/len: not a number, at most 1.4 allowed: missed; find what raises "
                    "cap/len",
        .at_most = true,
        .value = NAN,
    },
    {
        .rule = "the place of allocations says nothing about other metrics",
        .limit = AT_MOST("p99-ns", 1000),
        .metric = {"p99-ns", 900, 2500, 1500},
        .kind = PC_VERDICT_FAIL,
        .sentence = "p99-ns: 2.50 us, at most 1.00 us allowed: 1.50 us too much; find "
                    "what raises p99-ns",
        .site = {.allocs = 2000, .place = {"join_names.c", 18, 5, "append"}},
        .at_most = true,
        .value = 2500,
    },
};

static void a_metric_is_held_against_its_bound(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(metric_rows); i++) {
        const struct metric_row *row = &metric_rows[i];
        struct pc_limits limits = {.n = 1, .items = {row->limit}};
        struct pc_counts counts = {
            .ran = true,
            .agree = !row->differs,
            .metrics = {.n = 1, .items = {row->metric}},
            .sites = {{.allocs = 1, .bytes = 1}, row->site},
            .n_sites = row->site.place.line ? 2 : 0,
        };
        struct pc_verdict v;
        judge(&limits, &counts, NULL, &v);
        const struct pc_goal *goal = &v.goals[0];
        assert_int_equal(v.n_goals, 1);
        if (strcmp(goal->sentence, row->sentence) != 0)
            fail_msg("%s:\n%s\n%s", row->rule, goal->sentence, row->sentence);
        bool same = goal->value == row->value || isnan(row->value);
        if (goal->kind != row->kind || goal->gold != row->gold ||
            goal->at_most != row->at_most || !same)
            fail_msg("%s: kind %d, gold %d, at most %d, value %g", row->rule, goal->kind,
                     goal->gold, goal->at_most, goal->value);
        assert_string_equal(goal->metric, row->limit.metric);
        assert_int_equal(v.code, row->kind == PC_VERDICT_PASS ? PC_PASSED : PC_MISSED);
        pc_verdict_fini(&v);
    }
}

/* The speed-up, needed 1.50x unless the row says otherwise. */

static const struct speed_row {
    const char *rule;
    enum pc_decision decision;
    double ratio, low, high;
    uint32_t restarts;
    double silver, gold; /* 0: none */
    enum pc_verdict_kind kind;
    const char *sentence;
} speed_rows[] = {
    {"a pass shows its interval", PC_DECIDED_PASS, 2.21, 2.17, 2.26, 5, 0, 0,
     PC_VERDICT_PASS, "speedup: 2.21x (2.17 to 2.26, 5 restarts), needed 1.50x: passed"},
    {"a miss tells the factor to find", PC_DECIDED_FAIL, 1.27, 1.25, 1.3, 14, 0, 0,
     PC_VERDICT_FAIL,
     "speedup: 1.27x (1.25 to 1.30, 14 restarts), needed 1.50x: another 1.18x to find"},
    {"slower is called slower", PC_DECIDED_FAIL, 0.75, 0.74, 0.76, 5, 0, 0, PC_VERDICT_FAIL,
     "speedup: 0.75x (0.74 to 0.76, 5 restarts), needed 1.50x: slower than the starter, "
     "another 2.00x to find"},
    {"the starter is as fast as itself", PC_DECIDED_FAIL, 0.99, 0.98, 1.01, 5, 0, 0,
     PC_VERDICT_FAIL,
     "speedup: 0.99x (0.98 to 1.01, 5 restarts), needed 1.50x: as fast as the starter, "
     "another 1.52x to find"},
    {"a hair is not called 1.00x", PC_DECIDED_FAIL, 1.499, 1.498, 1.4995, 14, 0, 0,
     PC_VERDICT_FAIL,
     "speedup: 1.50x (1.50 to 1.50, 14 restarts), needed 1.50x: less than 1 % to find"},
    {"around the limit nothing is called", PC_DECIDED_UNSURE, 1.48, 1.39, 1.57, 70, 0, 0,
     PC_VERDICT_UNSURE,
     "speedup: 1.48x (1.39 to 1.57, 70 restarts), needed 1.50x: too close to call on this "
     "machine; make it faster or check again with --careful"},
    {"few restarts far from the limit are not close", PC_DECIDED_UNSURE, 3, 2.9, 3.1, 3, 0,
     0, PC_VERDICT_UNSURE,
     "speedup: 3.00x (2.90 to 3.10, 3 restarts), needed 1.50x: the time was too short to "
     "be certain; check again with --careful"},
    {"one restart has no interval", PC_DECIDED_UNSURE, 1.5, 1.5, 1.5, 1, 0, 0,
     PC_VERDICT_UNSURE,
     "speedup: 1.50x (1 restart), needed 1.50x: the time was too short to be certain; "
     "check again with --careful"},
    {"no restart at all", PC_DECIDED_UNSURE, NAN, NAN, NAN, 0, 0, 0, PC_VERDICT_UNSURE,
     "speedup: not known, no restart could be used, needed 1.50x: the time was too short "
     "to be certain; check again with --careful"},
    {"a measurement that was stopped is unsure", PC_GOES_ON, 9, 8, 10, 3, 0, 0,
     PC_VERDICT_UNSURE,
     "speedup: 9.00x (8.00 to 10.0, 3 restarts), needed 1.50x: the time was too short to "
     "be certain; check again with --careful"},
    {"silver when the whole interval is there", PC_DECIDED_PASS, 12.6, 12, 13, 5, 12, 15,
     PC_VERDICT_PASS,
     "speedup: 12.6x (12.0 to 13.0, 5 restarts), needed 1.50x: passed, silver"},
    {"the median alone does not make silver", PC_DECIDED_PASS, 12.6, 11.9, 13, 5, 12, 15,
     PC_VERDICT_PASS, "speedup: 12.6x (11.9 to 13.0, 5 restarts), needed 1.50x: passed"},
    {"the median alone does not make gold", PC_DECIDED_PASS, 15.5, 14.9, 16, 5, 12, 15,
     PC_VERDICT_PASS,
     "speedup: 15.5x (14.9 to 16.0, 5 restarts), needed 1.50x: passed, silver"},
    {"gold", PC_DECIDED_PASS, 120.4, 100, 130, 5, 12, 15, PC_VERDICT_PASS,
     "speedup: 120x (100 to 130, 5 restarts), needed 1.50x: passed, gold"},
    {"what is not a pass is no gold", PC_DECIDED_UNSURE, 20, 18, 22, 3, 12, 15,
     PC_VERDICT_UNSURE,
     "speedup: 20.0x (18.0 to 22.0, 3 restarts), needed 1.50x: the time was too short to "
     "be certain; check again with --careful"},
};

static void a_speedup_is_put_into_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(speed_rows); i++) {
        const struct speed_row *row = &speed_rows[i];
        struct pc_limits limits = {
            .speedup = {.set = true,
                        .min = 1.5,
                        .silver = row->silver ? row->silver : NAN,
                        .gold = row->gold ? row->gold : NAN},
        };
        struct pc_speed speed = {
            .measured = row->restarts > 0,
            .decision = row->decision,
            .ratio = row->ratio,
            .low = row->low,
            .high = row->high,
            .restarts = row->restarts,
        };
        struct pc_verdict v;
        judge(&limits, NULL, &speed, &v);
        const struct pc_goal *goal = &v.goals[0];
        assert_int_equal(v.n_goals, 1);
        if (strcmp(goal->sentence, row->sentence) != 0)
            fail_msg("%s:\n%s\n%s", row->rule, goal->sentence, row->sentence);
        bool gold = row->kind == PC_VERDICT_PASS && row->gold && row->low >= row->gold;
        bool silver =
            row->kind == PC_VERDICT_PASS && row->silver && row->low >= row->silver;
        if (goal->kind != row->kind || goal->gold != gold || goal->silver != silver)
            fail_msg("%s: kind %d, gold %d, silver %d", row->rule, goal->kind, goal->gold,
                     goal->silver);
        static const enum pc_code codes[] = {PC_PASSED, PC_MISSED, PC_UNSURE};
        assert_int_equal(v.code, codes[row->kind]);
        assert_string_equal(goal->metric, "speedup");
        assert_true(goal->bound == 1.5 && !goal->at_most);
        pc_verdict_fini(&v);
    }
}

static void a_pass_tells_what_is_left_to_reach(void **state)
{
    (void)state;
    static const struct {
        double allocs, low, silver; /* gold is 1 allocation and 8.00x */
        const char *next;
    } rows[] = {
        {2, 3, 4, "if you want more: allocs/op 1 for gold, speedup 4.00x for silver"},
        {1, 5, 4, "if you want more: speedup 8.00x for gold"},
        {1, 5, NAN, "if you want more: speedup 8.00x for gold"},
        {2, 9, 4, "if you want more: allocs/op 1 for gold"},
        {1, 9, 4, NULL},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_limits limits = {
            .n = 1,
            .items = {{"allocs/op", .max = 24, .min = -INFINITY, .gold = 1}},
            .speedup = {.set = true, .min = 1.5, .silver = rows[i].silver, .gold = 8},
        };
        struct pc_counts counts = {.ran = true, .agree = true, .metrics.n = 1};
        counts.metrics.items[0] = (struct pc_metric){"allocs/op", .max = rows[i].allocs};
        struct pc_speed speed = {.measured = true,
                                 .decision = PC_DECIDED_PASS,
                                 .ratio = 10,
                                 .low = rows[i].low,
                                 .high = 11,
                                 .restarts = 5};
        struct pc_verdict v;
        judge(&limits, &counts, &speed, &v);
        assert_int_equal(v.code, PC_PASSED);
        if (!rows[i].next)
            assert_null(v.next);
        else
            assert_string_equal(v.next, rows[i].next);
        pc_verdict_fini(&v);
    }
}

static void what_this_machine_cannot_count_is_no_pass(void **state)
{
    (void)state;
    static const struct pc_limits limits = {.n = 1, .items = {AT_MOST("syscalls/op", 9)}};
    static const struct pc_counts untold = {.ran = true, .missing = "not on this machine"};
    struct pc_verdict v;
    judge(&limits, &untold, NULL, &v);
    assert_int_equal(v.code, PC_ENVIRONMENT);
    assert_string_equal(v.reason, "not on this machine");
    assert_string_equal(v.goals[0].sentence, "syscalls/op: not known here");
    pc_verdict_fini(&v);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_metric_is_held_against_its_bound),
        cmocka_unit_test(a_speedup_is_put_into_words),
        cmocka_unit_test(a_pass_tells_what_is_left_to_reach),
        cmocka_unit_test(what_this_machine_cannot_count_is_no_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
