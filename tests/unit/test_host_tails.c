#include <fnmatch.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/host/drive.h"

/* Latencies and threads: the parts of perfcourse-run that are not pairs of batches. */

enum { PATIENCE_MS = 30000 };

static char *stalls, *calm, *tells, *crowd, *same, *slow, *deserts, *works_on;

static int compile(void **state)
{
    static const char flags[] = "-fPIC -shared -pthread";
    if (drive_setup(state) != 0)
        return -1;
    stalls = drive_compile("stalls.c", flags, "stalls.so");
    calm = drive_compile("stalls.c", "-fPIC -shared -DCALM", "calm.so");
    tells = drive_compile("stalls.c", "-fPIC -shared -DTELLS", "tells.so");
    crowd = drive_compile("crowd.c", flags, "crowd.so");
    same = drive_compile("crowd.c", flags, "same.so");
    slow = drive_compile("crowd.c", "-fPIC -shared -pthread -DSLOW", "slow.so");
    deserts = drive_compile("crowd.c", "-fPIC -shared -pthread -DDESERTS", "deserts.so");
    works_on = drive_compile("crowd.c", "-fPIC -shared -pthread -DWORKS_ON", "works_on.so");
    return stalls && calm && tells && crowd && same && slow && deserts && works_on ? 0 : -1;
}

static int clean(void **state)
{
    char *paths[] = {stalls, calm, tells, crowd, same, slow, deserts, works_on};
    for (size_t i = 0; i < PC_COUNT(paths); i++)
        free(paths[i]);
    return drive_teardown(state);
}

static void expect_last(char *answers, const char *pattern)
{
    const char *last = drive_last(answers);
    if (fnmatch(pattern, last, 0) != 0)
        fail_msg("expected %s, got\n%s", pattern, last);
}

static struct drive_result tails(const char *base, const char *candidate, const char *bench,
                                 int ops)
{
    char *orders = pc_strfmt("hello\nsetup name=%s size=0 seed=3\n"
                             "tails ms=20000 ops=%d\nend\n",
                             bench, ops);
    const char *argv[] = {"perfcourse-run", "pair", base, candidate, NULL};
    struct drive_result result = drive(argv, orders, PATIENCE_MS);
    free(orders);
    return result;
}

static double number_of(const struct pc_line *line, const char *name)
{
    double value = -1;
    if (!pc_line_double(line, name, &value))
        fail_msg("there is no %s", name);
    return value;
}

/* One in fifty: the median does not see it, p99 does, on whatever machine. */
static void stalls_are_in_the_tail_and_not_in_the_median(void **state)
{
    (void)state;
    static const char *const benches[] = {"stalls", "paced"};
    for (size_t i = 0; i < PC_COUNT(benches); i++) {
        struct drive_result result = tails(stalls, calm, benches[i], 500);
        struct pc_line line;
        char *copy = drive_line(result.answers, "ok base-ops=", &line);
        assert_true(number_of(&line, "base-ops") >= 500);
        assert_true(number_of(&line, "candidate-ops") >= 500);
        assert_true(number_of(&line, "base-p99") > 20 * number_of(&line, "base-p50"));
        assert_true(number_of(&line, "base-p99") <= number_of(&line, "base-p99.9"));
        assert_true(number_of(&line, "base-p99.9") <= number_of(&line, "base-max"));
        assert_true(number_of(&line, "candidate-p50") < number_of(&line, "base-p99"));
        assert_string_equal(pc_line_get(&line, "base-digest"),
                            pc_line_get(&line, "candidate-digest"));
        free(copy);
        expect_last(result.answers, "ok base-faults=*");
        drive_free(&result);
    }
}

static void latencies_of_the_bench_count_instead(void **state)
{
    (void)state;
    struct drive_result result = tails(stalls, calm, "own", 5000);
    struct pc_line line;
    char *copy = drive_line(result.answers, "ok base-ops=", &line);
    for (int k = 0; k < 2; k++) {
        double p90 = number_of(&line, k ? "base-p90" : "candidate-p90");
        assert_true(p90 >= 850 && p90 <= 950);
        assert_true(number_of(&line, k ? "base-max" : "candidate-max") == 1000);
    }
    free(copy);
    drive_free(&result);
}

static void latencies_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bench, *end;
    } rows[] = {
        {"stalls", "refused worker=candidate text=it%20measures%20in%20another%20way*"},
        {"no_rate", "fail worker=base text=*bench_pace(-1)*"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct drive_result result = tails(calm, tells, rows[i].bench, 500);
        expect_last(result.answers, rows[i].end);
        drive_free(&result);
    }
    const char *argv[] = {"perfcourse-run", "pair", stalls, calm, NULL};
    static const struct {
        const char *orders, *end;
    } orders[] = {
        {"hello\ntails ms=1 ops=1\n", "error text=tails%20come%20after%20setup"},
        {"hello\nsetup name=stalls size=0 seed=1\ntails ms=5\n",
         "error text=tails%20needs*"},
    };
    for (size_t i = 0; i < PC_COUNT(orders); i++) {
        struct drive_result result = drive(argv, orders[i].orders, PATIENCE_MS);
        expect_last(result.answers, orders[i].end);
        drive_free(&result);
    }
}

static struct drive_result threads(const char *base, const char *candidate, int n)
{
    char *orders =
        pc_strfmt("hello\nsetup name=crowd size=%d seed=3\npairs ms=20 min=5\nend\n", n);
    char *option = pc_strfmt("--threads=%d", n);
    const char *argv[] = {"perfcourse-run",      "pair", option,    "--batch-ns=1000000",
                          "--memory=8000000000", base,   candidate, NULL};
    struct drive_result result = drive(argv, orders, PATIENCE_MS);
    free(orders);
    free(option);
    return result;
}

/* Also with many more threads than there are processors. */
static void threads_share_the_iterations(void **state)
{
    (void)state;
    static const int counts[] = {1, 2, 64};
    for (size_t i = 0; i < PC_COUNT(counts); i++) {
        struct drive_result result = threads(crowd, same, counts[i]);
        assert_string_equal(result.output, "");
        struct pc_line line;
        char *copy = drive_line(result.answers, "ok ratio=", &line);
        assert_true(number_of(&line, "pairs") >= 5);
        assert_true(number_of(&line, "candidate-ns") > 0);
        assert_string_equal(pc_line_get(&line, "base-digest"),
                            pc_line_get(&line, "candidate-digest"));
        free(copy);
        expect_last(result.answers, "ok base-faults=*");
        drive_free(&result);
    }
}

/* The slow kernel mostly sleeps: measured in processor time it would hardly differ, and no
 * load of the machine makes up for hundreds of times. */
static void the_ratio_of_parallel_kernels_is_that_of_wall_times(void **state)
{
    (void)state;
    struct drive_result result = threads(slow, crowd, 2);
    struct pc_line line;
    char *copy = drive_line(result.answers, "ok ratio=", &line);
    assert_true(number_of(&line, "ratio") > 0);
    free(copy);
    drive_free(&result);
}

static void threads_that_misbehave_are_results(void **state)
{
    (void)state;
    struct drive_result result = threads(crowd, deserts, 2);
    expect_last(result.answers, "fail worker=candidate text=*a%20thread%20left*");
    drive_free(&result);
    result = threads(crowd, works_on, 2);
    /* Found working or, where it did not get to work, at the end. */
    expect_last(result.answers, "refused worker=candidate text=it%20*");
    drive_free(&result);
}

/* Counting and plain timing run a parallel bench with one thread, in order. */
static void without_threads_there_is_one(void **state)
{
    (void)state;
    const char *argv[] = {"perfcourse-run", "pair", crowd, same, NULL};
    struct drive_result result = drive(
        argv, "hello\nsetup name=crowd size=1 seed=3\npairs ms=4\nend\n", PATIENCE_MS);
    expect_last(result.answers, "ok base-faults=*");
    drive_free(&result);
    const char *count[] = {"perfcourse-count", crowd, NULL};
    result = drive(count, "hello\nsetup name=crowd size=1 seed=3\nops n=200\nend\n",
                   PATIENCE_MS);
    struct pc_line line;
    free(drive_line(result.answers, "ok n=200", &line));
    drive_free(&result);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(stalls_are_in_the_tail_and_not_in_the_median),
        cmocka_unit_test(latencies_of_the_bench_count_instead),
        cmocka_unit_test(latencies_that_cannot_be_are_refused),
        cmocka_unit_test(threads_share_the_iterations),
        cmocka_unit_test(the_ratio_of_parallel_kernels_is_that_of_wall_times),
        cmocka_unit_test(threads_that_misbehave_are_results),
        cmocka_unit_test(without_threads_there_is_one),
    };
    return cmocka_run_group_tests(tests, compile, clean);
}
