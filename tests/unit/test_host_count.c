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

static char *object, *hostile, *of_system;

static int compile(void **state)
{
    if (drive_setup(state) != 0)
        return -1;
    object = drive_compile("alloc.c", "-fPIC -shared", "alloc.so");
    hostile = drive_compile("hostile.c", "-fPIC -shared", "hostile.so");
    of_system = drive_compile("system.c", "-fPIC -shared", "system.so");
    return object && hostile && of_system ? 0 : -1;
}

static int clean(void **state)
{
    free(object);
    free(hostile);
    free(of_system);
    return drive_teardown(state);
}

static char *count_by(const char *option, const char *path, const char *bench,
                      const char *ops)
{
    char *orders = pc_strfmt("hello\nsetup name=%s size=0 seed=7\n%s\nend\n", bench, ops);
    const char *argv[] = {"perfcourse-count", option, path, NULL};
    struct drive_result result = drive(argv, orders, 20000);
    assert_false(result.killed);
    assert_string_equal(result.output, "");
    free(orders);
    free(result.output);
    return result.answers;
}

static char *count(const char *path, const char *bench, const char *ops)
{
    return count_by("--cpu-s=60", path, bench, ops);
}

static void expect_metric(const char *answers, const char *name, double min, double max,
                          double mean)
{
    struct pc_str start = {0};
    pc_str_adds(&start, "metric");
    pc_line_add(&start, "name", name);
    pc_str_adds(&start, " ");
    struct pc_line line;
    char *copy = drive_line(answers, start.s, &line);
    double got[3];
    assert_true(pc_line_double(&line, "min", &got[0]));
    assert_true(pc_line_double(&line, "max", &got[1]));
    assert_true(pc_line_double(&line, "mean", &got[2]));
    if (got[0] != min || got[1] != max || got[2] != mean)
        fail_msg("%s: expected %g %g %g in\n%s", name, min, max, mean, answers);
    free(copy);
    pc_str_fini(&start);
}

/* libc's own parts (asprintf, getline) are as glibc 2.36 does them. */
static void counts_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *bench;
        double allocs, bytes, frees, live, peak, threads;
    } rows[] = {
        {"nothing", 0, 0, 0, 0, 0, 0},
        {"strdup", 1, 13, 1, 0, 13, 0},
        {"calloc", 1, 21, 1, 0, 21, 0},
        {"aligned_alloc", 1, 192, 1, 0, 192, 0},
        {"posix_memalign", 1, 10, 1, 0, 10, 0},
        {"realloc_in_place", 3, 300, 3, 0, 150, 0},
        {"realloc_moving", 3, 5200, 3, 0, 5100, 0},
        {"realloc_null_and_zero", 1, 30, 1, 0, 30, 0},
        {"reallocarray", 1, 30, 1, 0, 30, 0},
        {"leak", 1, 20, 0, 20, 20, 0},
        {"peak", 3, 600, 3, 0, 500, 0},
        {"stopped", 1, 60, 0, 60, 60, 0},
        {"guarded", 0, 0, 0, 0, 0, 0},
        {"many", 200000, 9500000, 200000, 0, 79, 0},
        {"live_many", 100000, 1600000, 100000, 0, 1600000, 0},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char *answers = count(object, rows[i].bench, "ops n=10");
        expect_metric(answers, "allocs/op", rows[i].allocs, rows[i].allocs, rows[i].allocs);
        expect_metric(answers, "B/op", rows[i].bytes, rows[i].bytes, rows[i].bytes);
        expect_metric(answers, "frees/op", rows[i].frees, rows[i].frees, rows[i].frees);
        expect_metric(answers, "live-B", rows[i].live, rows[i].live, rows[i].live);
        expect_metric(answers, "peak-B", rows[i].peak, rows[i].peak, rows[i].peak);
        expect_metric(answers, "threads/op", rows[i].threads, rows[i].threads,
                      rows[i].threads);
        free(answers);
    }
}

static void libc_allocates_on_the_kernels_account(void **state)
{
    (void)state;
    static const struct {
        const char *bench;
        double allocs;
    } rows[] = {{"asprintf", 2}, {"getline", 1}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char *answers = count(object, rows[i].bench, "ops n=10");
        struct pc_line metric, site;
        char *copy = drive_line(answers, "metric name=allocs/op ", &metric);
        double min, max;
        assert_true(pc_line_double(&metric, "min", &min));
        assert_true(pc_line_double(&metric, "max", &max));
        assert_true(min == max && min >= 1 && min <= rows[i].allocs);
        free(copy);
        /* The place is the kernel's call, not the one inside of libc. */
        copy = drive_line(answers, "site ", &site);
        uint64_t address, allocs;
        assert_true(pc_line_hex(&site, "address", &address));
        assert_true(pc_line_u64(&site, "allocs", &allocs));
        assert_string_equal(pc_line_get(&site, "object"), "kernel");
        assert_true(address > 0 && address < 1 << 20);
        assert_int_equal(allocs, 10 * (int)min);
        free(copy);
        free(answers);
    }
}

static void threads_are_counted_and_so_is_what_they_allocate(void **state)
{
    (void)state;
    char *answers = count(object, "threads", "ops n=20");
    expect_metric(answers, "allocs/op", 4000, 4000, 4000);
    expect_metric(answers, "B/op", 40000, 40000, 40000);
    expect_metric(answers, "frees/op", 4000, 4000, 4000);
    expect_metric(answers, "threads/op", 4, 4, 4);
    free(answers);
}

static void half_an_allocation_is_no_integer(void **state)
{
    (void)state;
    char *answers = count(object, "every_second", "ops n=10");
    expect_metric(answers, "allocs/op", 0, 1, 0.5);
    expect_metric(answers, "B/op", 0, 8, 4);
    free(answers);
}

static void metrics_of_the_bench_are_told(void **state)
{
    (void)state;
    char *answers = count(object, "metrics", "ops n=4 warmup=0");
    expect_metric(answers, "conns/op", 2.5, 3.5, 3);
    free(answers);
}

static void leaks_are_counted_at_the_end(void **state)
{
    (void)state;
    static const struct {
        const char *bench, *end;
    } rows[] = {
        {"leak", "ok leaked-B=240 leaked-allocs=12 threads-left=0"},
        {"strdup", "ok leaked-B=0 leaked-allocs=0 threads-left=0"},
        {"guarded", "ok leaked-B=0 leaked-allocs=0 threads-left=0"},
        {"threads", "ok leaked-B=0 leaked-allocs=0 threads-left=0"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char *answers = count(object, rows[i].bench, "ops n=10 warmup=2");
        assert_string_equal(drive_last(answers), rows[i].end);
        free(answers);
    }
}

/* The largest first, and those that were freed not at all. */
static void leaks_are_told_with_the_places_that_allocated(void **state)
{
    (void)state;
    static const char *const bytes[] = {"10000", "200", "100"};
    char *answers = count(object, "leaks_in_places", "ops n=10 warmup=0");
    const char *rest = answers;
    for (size_t i = 0; i < PC_COUNT(bytes); i++) {
        struct pc_line line;
        uint64_t address;
        char *copy = drive_line(rest, "leak ", &line);
        assert_string_equal(pc_line_get(&line, "bytes"), bytes[i]);
        assert_string_equal(pc_line_get(&line, "allocs"), "10");
        assert_true(pc_line_hex(&line, "address", &address));
        assert_true(address > 0 && address < 1 << 20);
        free(copy);
        rest = strstr(rest, "leak ") + 5;
    }
    assert_null(strstr(rest, "leak "));
    assert_string_equal(drive_last(answers),
                        "ok leaked-B=10300 leaked-allocs=30 threads-left=0");
    free(answers);
}

static void system_calls_are_counted_whoever_makes_them(void **state)
{
    (void)state;
    static const struct {
        const char *bench;
        double calls, connections;
    } rows[] = {
        {"nothing", 0, 0},        {"four_calls", 4, 0},  {"raw_call", 1, 0},
        {"calls_outside", 1, 0},  {"connections", 4, 3}, {"clock_of_the_process", 0, 0},
        {"hides_a_thread", 1, 0},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char *answers = count_by("--calls", of_system, rows[i].bench, "ops n=10");
        double calls = rows[i].calls, connections = rows[i].connections;
        expect_metric(answers, "syscalls/op", calls, calls, calls);
        expect_metric(answers, "connections/op", connections, connections, connections);
        free(answers);
    }
}

static double metric_of(const char *answers, const char *start, const char *what)
{
    struct pc_line line;
    double value;
    char *copy = drive_line(answers, start, &line);
    assert_true(pc_line_double(&line, what, &value));
    free(copy);
    return value;
}

static void calls_of_threads_count_too(void **state)
{
    (void)state;
    char *answers = count_by("--calls", of_system, "calls_in_a_thread", "ops n=10");
    assert_true(metric_of(answers, "metric name=syscalls/op ", "min") >= 11);
    assert_true(metric_of(answers, "metric name=syscalls/op ", "max") < 40);
    free(answers);
}

static void faults_waits_and_threads_that_stay_are_told(void **state)
{
    (void)state;
    char *answers = count(of_system, "touches_pages", "ops n=10");
    assert_true(metric_of(answers, "metric name=faults/op ", "min") == 256);
    free(answers);
    answers = count(of_system, "nothing", "ops n=10");
    assert_true(metric_of(answers, "metric name=faults/op ", "min") == 0);
    assert_true(metric_of(answers, "metric name=waits/op ", "min") == 0);
    free(answers);
    answers = count(of_system, "waits", "ops n=10");
    /* Whoever is put aside on the way to sleep has not waited. */
    assert_true(metric_of(answers, "metric name=waits/op ", "max") >= 1);
    free(answers);
    answers = count(of_system, "leaves_a_thread", "ops n=10");
    assert_non_null(strstr(drive_last(answers), " threads-left=1"));
    free(answers);
}

static void a_crash_is_named_while_calls_are_followed(void **state)
{
    (void)state;
    char *answers = count_by("--calls", hostile, "segv", "ops n=10");
    assert_int_equal(strncmp(drive_last(answers), "crash worker=kernel signal=11 ", 30), 0);
    free(answers);
    answers = count_by("--calls", hostile, "exit", "ops n=10");
    assert_string_equal(drive_last(answers), "ended worker=kernel status=0");
    free(answers);
}

/* What the system does for a process is not the same each time. */
static void leave_out_the_system(char *answers)
{
    static const char *const starts[] = {"metric name=faults/op", "metric name=waits/op",
                                         "metric name=preemptions/op"};
    for (size_t i = 0; i < PC_COUNT(starts); i++) {
        char *line = strstr(answers, starts[i]), *end = line ? strchr(line, '\n') : NULL;
        assert_non_null(end);
        memmove(line, end + 1, strlen(end + 1) + 1);
    }
}

static void the_count_is_the_same_each_time(void **state)
{
    (void)state;
    char *first = count(object, "asprintf", "ops n=50");
    leave_out_the_system(first);
    for (int k = 0; k < 3; k++) {
        char *again = count(object, "asprintf", "ops n=50");
        leave_out_the_system(again);
        assert_string_equal(again, first);
        free(again);
    }
    free(first);
}

static void orders_that_make_no_sense_are_errors(void **state)
{
    (void)state;
    static const struct {
        const char *ops, *end;
    } rows[] = {
        {"ops", "error text=ops%20needs%20n,%20at%20most%201000000"},
        {"ops n=-1", "error text=ops%20needs%20n,%20at%20most%201000000"},
        {"ops n=1 warmup=x", "error text=warmup%20is%20not%20a%20number"},
        {"dance", "error text=there%20is%20no%20order%20dance"},
        {"ops  n=1", "error text=an%20order%20cannot%20be%20read"},
        {"list", "error text=list%20comes%20before%20setup"},
        {"setup name=nothing size=0 seed=1", "error text=there%20is%20one%20setup%20only"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char *answers = count(object, "nothing", rows[i].ops);
        assert_string_equal(drive_last(answers), rows[i].end);
        free(answers);
    }
}

static void a_crash_while_counting_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *bench, *start;
    } rows[] = {
        {"segv", "crash worker=kernel signal=11 address=0 frames="},
        {"exit", "ended worker=kernel status=0"},
        {"failing", "fail worker=kernel text="},
        {"no_such", "refused worker=kernel text="},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char *answers = count(hostile, rows[i].bench, "ops n=10");
        const char *last = drive_last(answers);
        if (strncmp(last, rows[i].start, strlen(rows[i].start)) != 0)
            fail_msg("%s: %s", rows[i].bench, last);
        free(answers);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_exact),
        cmocka_unit_test(libc_allocates_on_the_kernels_account),
        cmocka_unit_test(threads_are_counted_and_so_is_what_they_allocate),
        cmocka_unit_test(half_an_allocation_is_no_integer),
        cmocka_unit_test(metrics_of_the_bench_are_told),
        cmocka_unit_test(leaks_are_counted_at_the_end),
        cmocka_unit_test(leaks_are_told_with_the_places_that_allocated),
        cmocka_unit_test(system_calls_are_counted_whoever_makes_them),
        cmocka_unit_test(calls_of_threads_count_too),
        cmocka_unit_test(faults_waits_and_threads_that_stay_are_told),
        cmocka_unit_test(a_crash_is_named_while_calls_are_followed),
        cmocka_unit_test(the_count_is_the_same_each_time),
        cmocka_unit_test(orders_that_make_no_sense_are_errors),
        cmocka_unit_test(a_crash_while_counting_is_named),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, compile, clean);
}
