#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "judge/goals.h"
#include "judge/judge.h"

#define NAME \
    .constant = "log_hotspot", .kind = PC_ANSWER_NAME, .measured = true, .samples = 200
#define FIND \
    { \
        "find_entry", 0.951, 0.93, 0.97 \
    }
#define PARSE \
    { \
        "parse_line", 0.021, 0.01, 0.04 \
    }

static const struct pc_hotspot right = {NAME,
                                        .answer = "find_entry",
                                        .is_known = true,
                                        .is_first = true,
                                        .is_settled = true,
                                        .named = FIND,
                                        .rival = PARSE};
static const struct pc_hotspot wrong = {
    NAME,           .answer = "parse_line", .is_known = true, .is_settled = true,
    .named = PARSE, .rival = FIND};
static const struct pc_hotspot missing = {.constant = "log_hotspot"};
static const struct pc_hotspot few = {.constant = "log_hotspot",
                                      .kind = PC_ANSWER_NAME,
                                      .answer = "find_entry",
                                      .is_known = true,
                                      .is_first = true,
                                      .samples = 31};

static const struct {
    struct pc_hotspot hotspot;
    enum pc_verdict_kind kind;
    double value, bound;
    const char *sentence;
} rows[] = {
    {{NAME, .answer = "find_entry", .is_known = true, .is_first = true, .is_settled = true,
      .named = FIND, .rival = PARSE},
     PC_VERDICT_PASS,
     95.1,
     2.1,
     "hotspot: find_entry takes 95 % (93 to 97) of the starter's time: right"},
    {{NAME, .answer = "left", .is_known = true, .is_first = true,
      .named = {"left", 0.41, 0.34, 0.48}, .rival = {"right", 0.43, 0.36, 0.50}},
     PC_VERDICT_PASS,
     41,
     43,
     "hotspot: left takes 41 % (34 to 48); right takes 43 % (36 to 50), and nobody can "
     "tell "
     "which is first: right"},
    {{NAME, .answer = "parse_line", .is_known = true, .is_settled = true, .named = PARSE,
      .rival = FIND},
     PC_VERDICT_FAIL,
     2.1,
     95.1,
     "hotspot: you named parse_line, 2.1 % (1 to 4); find_entry takes 95 % (93 to 97) of "
     "the "
     "starter's time: look before you change anything"},
    {{NAME, .answer = "pick_top", .is_known = true, .is_settled = true,
      .named = {"pick_top", 0, 0, 0.02}, .rival = FIND},
     PC_VERDICT_FAIL,
     0,
     95.1,
     "hotspot: you named pick_top, 0.0 % (0 to 2); find_entry takes 95 % (93 to 97) of the "
     "starter's time: look before you change anything"},
    {{NAME, .answer = "find_entri", .is_settled = true, .near = "find_entry",
      .rival = FIND},
     PC_VERDICT_FAIL,
     NAN,
     NAN,
     "hotspot: you named find_entri, and the starter has no such function; did you mean "
     "find_entry?"},
    {{NAME, .answer = "qsort", .rival = FIND},
     PC_VERDICT_FAIL,
     NAN,
     NAN,
     "hotspot: you named qsort, and the starter has no such function"},
    {{.kind = PC_ANSWER_NAME,
      .answer = "find_entry",
      .is_known = true,
      .is_first = true,
      .is_settled = true,
      .samples = 31},
     PC_VERDICT_UNSURE,
     NAN,
     NAN,
     "hotspot: 31 samples of the starter are too few to tell; check again with --careful"},
    {{.constant = "log_hotspot", .kind = PC_ANSWER_MISSING},
     PC_VERDICT_FAIL,
     NAN,
     NAN,
     "hotspot: the kernel does not define log_hotspot: it needs a line const char "
     "log_hotspot[] = \"FUNCTION\";"},
    {{.constant = "log_hotspot", .kind = PC_ANSWER_EMPTY},
     PC_VERDICT_FAIL,
     NAN,
     NAN,
     "hotspot: log_hotspot names no function yet: profile the starter, and write the one "
     "that takes most there"},
    {{.constant = "log_hotspot", .kind = PC_ANSWER_UNREADABLE, .answer = "find entry()"},
     PC_VERDICT_FAIL,
     NAN,
     NAN,
     "hotspot: log_hotspot is \"find entry()\", which is no function's name: write the "
     "bare "
     "name, as in its definition"},
};

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-9;
}

static void a_sentence_shows_what_was_answered_and_what_was_measured(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_goal goal = pc_judge_hotspot(&rows[i].hotspot);
        assert_string_equal(goal.metric, "hotspot");
        assert_string_equal(goal.sentence, rows[i].sentence);
        assert_int_equal(goal.kind, rows[i].kind);
        assert_true(same(goal.value, rows[i].value) && same(goal.bound, rows[i].bound));
        assert_false(goal.at_most || goal.gold || goal.silver);
        free(goal.sentence);
    }
}

static const struct pc_build built = {.built = true};
static const struct pc_tests tested = {.ran = true, .n = 7};
#define TIMED .measured = true, .ratio = 3, .low = 2.9, .high = 3.1, .restarts = 5
static const struct pc_speed fast = {TIMED, .decision = PC_DECIDED_PASS};
static const struct pc_speed slow = {TIMED, .decision = PC_DECIDED_FAIL};
static const struct pc_hotspot crashed = {
    .kind = PC_ANSWER_NAME, .crash = {.ending = PC_ENDING_CRASH, .signal = SIGSEGV}};

static const struct {
    const struct pc_hotspot *hotspot;
    const struct pc_speed *speed;
    bool quick;
    enum pc_code code;
    size_t goals;
    enum pc_medal medal;
    const char *reason, *next; /* beginnings; NULL: nothing */
} verdicts[] = {
    {&right, &fast, false, PC_PASSED, 2, PC_MEDAL_SILVER, "all 2 limits are met",
     "if you want more"},
    {&wrong, &fast, false, PC_MISSED, 2, PC_MEDAL_NONE, "1 of 2 limits missed: hotspot",
     "begin with the hotspot"},
    {&wrong, &slow, false, PC_MISSED, 2, PC_MEDAL_NONE,
     "2 of 2 limits missed: speedup, hotspot", "begin with the hotspot"},
    {&right, &slow, false, PC_MISSED, 2, PC_MEDAL_NONE, "1 of 2 limits missed: speedup",
     "find where the time goes"},
    {&missing, &fast, false, PC_MISSED, 2, PC_MEDAL_NONE, "1 of 2 limits missed: hotspot",
     "begin with the hotspot"},
    {&few, &fast, false, PC_UNSURE, 2, PC_MEDAL_NONE, "the hotspot is not certain",
     "check again with --careful"},
    {&few, &slow, false, PC_MISSED, 2, PC_MEDAL_NONE, "1 of 2 limits missed: speedup",
     "find where the time goes"},
    {NULL, &fast, false, PC_ENVIRONMENT, 1, PC_MEDAL_NONE, "the starter was not profiled",
     "the kernel is not to blame"},
    {&crashed, &fast, false, PC_ENVIRONMENT, 2, PC_MEDAL_NONE,
     "the starter failed: crashed: Segmentation fault", "the kernel is not to blame"},
    {NULL, NULL, true, PC_PASSED, 0, PC_MEDAL_NONE,
     "the tests pass; speed-up and hotspot were not judged", NULL},
};

static bool begins(const char *text, const char *with)
{
    return with ? text && strncmp(text, with, strlen(with)) == 0 : text == NULL;
}

static void the_answer_is_one_of_the_limits(void **state)
{
    (void)state;
    const struct pc_limits limits = {
        .speedup = {.set = true, .min = 2, .silver = 2.5, .gold = 9},
        .hotspot = "log_hotspot"};
    for (size_t i = 0; i < PC_COUNT(verdicts); i++) {
        const struct pc_findings f = {.build = &built,
                                      .tests = &tested,
                                      .speed = verdicts[i].speed,
                                      .hotspot = verdicts[i].hotspot,
                                      .speed_skipped = verdicts[i].quick};
        struct pc_verdict v;
        pc_judge(&limits, &f, &v);
        if (v.code != verdicts[i].code || v.n_goals != verdicts[i].goals ||
            v.medal != verdicts[i].medal || !begins(v.reason, verdicts[i].reason) ||
            !begins(v.next, verdicts[i].next))
            fail_msg("row %zu: code %d, %zu goals, %s, %s", i, v.code, v.n_goals, v.reason,
                     v.next ? v.next : "nothing");
        pc_verdict_fini(&v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_shows_what_was_answered_and_what_was_measured),
        cmocka_unit_test(the_answer_is_one_of_the_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
