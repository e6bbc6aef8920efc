#include <dlfcn.h>
#include <fnmatch.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/host/drive.h"

/* Long enough for a machine on which everything else runs as well. */
enum { PATIENCE_MS = 30000 };

static char *hostile, *sort, *same, *slow, *wrong;

static int compile(void **state)
{
    if (drive_setup(state) != 0)
        return -1;
    hostile = drive_compile("hostile.c", "-fPIC -shared", "hostile.so");
    sort = drive_compile("sort.c", "-fPIC -shared", "sort.so");
    same = drive_compile("sort.c", "-fPIC -shared", "same.so");
    slow = drive_compile("sort.c", "-fPIC -shared -DSLOW", "slow.so");
    wrong = drive_compile("sort.c", "-fPIC -shared -DWRONG", "wrong.so");
    return hostile && sort && same && slow && wrong ? 0 : -1;
}

static int clean(void **state)
{
    char *paths[] = {hostile, sort, same, slow, wrong};
    for (size_t i = 0; i < PC_COUNT(paths); i++)
        free(paths[i]);
    return drive_teardown(state);
}

static struct drive_result pair(const char *base, const char *candidate, const char *bench,
                                int patience_ms)
{
    char *orders =
        pc_strfmt("hello\nsetup name=%s size=0 seed=3\npairs ms=4 min=5\nend\n", bench);
    const char *argv[] = {"perfcourse-run", "pair", base, candidate, NULL};
    struct drive_result result = drive(argv, orders, patience_ms);
    free(orders);
    return result;
}

static void expect_last(char *answers, const char *pattern)
{
    const char *last = drive_last(answers);
    if (fnmatch(pattern, last, 0) != 0)
        fail_msg("expected %s, got\n%s", pattern, last);
}

static double ratio_of(const char *answers)
{
    struct pc_line line;
    uint64_t pairs;
    double ratio, base, candidate;
    char *copy = drive_line(answers, "ok ratio=", &line);
    assert_true(pc_line_u64(&line, "pairs", &pairs));
    assert_true(pairs >= 5);
    assert_true(pc_line_double(&line, "ratio", &ratio));
    assert_true(pc_line_double(&line, "base-ns", &base));
    assert_true(pc_line_double(&line, "candidate-ns", &candidate));
    assert_true(base > 0 && candidate > 0);
    assert_string_equal(pc_line_get(&line, "base-digest"),
                        pc_line_get(&line, "candidate-digest"));
    free(copy);
    return ratio;
}

static void two_kernels_are_timed_in_pairs(void **state)
{
    (void)state;
    struct drive_result result = pair(sort, same, "sort", PATIENCE_MS);
    assert_false(result.killed);
    assert_string_equal(result.output, "");
    ratio_of(result.answers); /* finite: the line was parsed */
    expect_last(result.answers, "ok base-faults=* candidate-faults=*");
    drive_free(&result);
}

/* Twice the work, so that no load on this machine can turn the sign. */
static void the_ratio_is_that_of_base_to_candidate_whoever_is_first(void **state)
{
    (void)state;
    static const char orders[] = "hello\nsetup name=sort size=0 seed=3\npairs ms=40\nend\n";
    const char *plain[] = {"perfcourse-run", "pair", slow, sort, NULL};
    const char *swapped[] = {"perfcourse-run", "pair", "--swap", slow, sort, NULL};
    const char *const *rows[] = {plain, swapped};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct drive_result result = drive(rows[i], orders, PATIENCE_MS);
        assert_true(ratio_of(result.answers) > 0);
        drive_free(&result);
    }
}

static void entries_are_listed(void **state)
{
    (void)state;
    const char *argv[] = {"perfcourse-run", "pair", sort, same, NULL};
    struct drive_result result = drive(argv, "hello\nlist\nend\n", PATIENCE_MS);
    struct pc_line line;
    char *copy = drive_line(result.answers, "entry kind=bench name=other ", &line);
    assert_string_equal(pc_line_get(&line, "sizes"), "10,1000");
    assert_int_equal(fnmatch("*/sort.c", pc_line_get(&line, "file"), 0), 0);
    free(copy);
    free(drive_line(result.answers, "entry kind=test name=nothing sizes= ", &line));
    free(drive_line(result.answers, "entry kind=bench name=sort sizes= ", &line));
    free(drive_line(result.answers, "ok n=3", &line));
    drive_free(&result);
}

static void results_that_differ_are_caught_with_the_iteration(void **state)
{
    (void)state;
    struct drive_result result = pair(sort, wrong, "sort", PATIENCE_MS);
    expect_last(result.answers, "differ iteration=7");
    drive_free(&result);
}

static void whatever_a_kernel_does_is_a_result(void **state)
{
    (void)state;
    static const struct {
        const char *bench, *last;
    } rows[] = {
        {"segv", "crash worker=base signal=11 address=0 frames=?*"},
        {"segv_in_setup", "crash worker=base signal=11 address=0 frames=?*"},
        {"segv_in_libc", "crash worker=base signal=11 address=0 frames=?*"},
        {"wild_call", "crash worker=base signal=11 address=0 frames=?*"},
        {"overflowing_stack", "crash worker=base signal=11 * stack=overflow"},
        {"division", "crash worker=base signal=8 address=?* frames=?*"},
        {"aborting", "crash worker=base signal=6 address=0 frames=?*"},
        {"double_free", "crash worker=base signal=6 address=0 frames=?*"},
        {"killed", "crash worker=base signal=9"},
        {"stopped", "crash worker=base signal=19"},
        {"exit", "ended worker=base status=0"},
        {"exit_three", "ended worker=base status=3"},
        {"exit_of_thread", "ended worker=base status=0"},
        {"failing", "fail worker=base text=*two%20words"},
        {"impatient", "refused worker=base text=the%20bench%20left%20its%20loop*"},
        {"no_such", "refused worker=base text=*no_such"},
        {"jailed", "ok base-faults=*"},
        {"inheriting", "ok base-faults=*"},
        {"greedy", "ok base-faults=*"},
        {"forging", "ok base-faults=*"},
        {"napping", "ok base-faults=*"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct drive_result result = pair(hostile, hostile, rows[i].bench, PATIENCE_MS);
        const char *last = drive_last(result.answers);
        if (result.killed || fnmatch(rows[i].last, last, 0) != 0)
            fail_msg("%s%s: %s", rows[i].bench, result.killed ? " (killed)" : "", last);
        drive_free(&result);
    }
}

/* Whether the first frame lies at the beginning of the function `name`. */
static void expect_first_frame_in(const char *answers, const char *name)
{
    struct pc_line line;
    char *copy = drive_line(answers, "crash ", &line);
    uint64_t frame = strtoull(pc_line_get(&line, "frames"), NULL, 16);
    void *handle = dlopen(hostile, RTLD_NOW | RTLD_LOCAL);
    assert_non_null(handle);
    char *function = dlsym(handle, name);
    Dl_info info;
    assert_true(dladdr(function, &info) != 0);
    uint64_t offset = (uint64_t)(function - (char *)info.dli_fbase);
    if (frame < offset || frame >= offset + 256)
        fail_msg("%s is at %#llx, not at %#llx", name, (unsigned long long)offset,
                 (unsigned long long)frame);
    dlclose(handle);
    free(copy);
}

static void a_crash_names_the_place_in_the_kernel(void **state)
{
    (void)state;
    static const struct {
        const char *bench, *function;
    } rows[] = {
        {"segv", "write_nowhere"},
        {"division", "divide"},
        {"segv_in_libc", "copy_from_nowhere"},
        {"wild_call", "call_nowhere"},
        {"overflowing_stack", "recurse"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct drive_result result = pair(hostile, hostile, rows[i].bench, PATIENCE_MS);
        expect_first_frame_in(result.answers, rows[i].function);
        drive_free(&result);
    }
}

static void a_crash_of_the_candidate_is_not_blamed_on_the_baseline(void **state)
{
    (void)state;
    const char *argv[] = {"perfcourse-run", "pair", sort, hostile, NULL};
    struct drive_result result =
        drive(argv, "hello\nsetup name=sort size=0 seed=1\nend\n", PATIENCE_MS);
    expect_last(result.answers, "refused worker=candidate text=*");
    drive_free(&result);
}

static void kernels_that_know_the_host_are_found_out(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "ok base-faults=*",
        "differ iteration=*",
        "refused worker=candidate text=it%20stops%20a%20clock*",
        "refused worker=candidate text=it%20claims%20less%20time*",
        "refused worker=candidate text=it%20works%20longer*",
    };
    const char *src = getenv("PC_SRCDIR");
    char *objects[PC_COUNT(rows)];
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char *name = pc_strfmt("cheat%zu.so", i);
        char *flags = pc_strfmt("-fPIC -shared -I'%s/src' -DCHEAT=%zu", src ? src : ".", i);
        objects[i] = drive_compile("cheat.c", flags, name);
        assert_non_null(objects[i]);
        free(flags);
        free(name);
    }
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        /* On a crowded machine not each of a verdict's five restarts sees it. */
        const char *argv[] = {"perfcourse-run", "pair", objects[0], objects[i], NULL};
        struct drive_result result = {0};
        for (int restart = 0; restart < 5; restart++) {
            drive_free(&result);
            result = drive(argv, "setup name=work size=0 seed=3\npairs ms=50\nend\n",
                           PATIENCE_MS);
            if (!strstr(result.answers, "\nok base-faults="))
                break;
        }
        expect_last(result.answers, rows[i]);
        drive_free(&result);
    }
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        free(objects[i]);
}

/* It would slow the other side down.  On a busy machine the scheduler lets it wait, so there
 * are several long windows, of which one suffices. */
static void work_outside_of_ones_turn_is_refused(void **state)
{
    (void)state;
    const char *argv[] = {"perfcourse-run", "pair", hostile, hostile, NULL};
    static const char orders[] = "setup name=spinning size=0 seed=1\npairs ms=150\n"
                                 "pairs ms=600\npairs ms=600\npairs ms=600\nend\n";
    struct drive_result result = drive(argv, orders, PATIENCE_MS);
    expect_last(result.answers, "refused worker=* text=it%20goes%20on%20working*");
    drive_free(&result);
}

/* The wall limit is the parent's; it finds one group to kill, and nothing stays. */
static void endless_kernels_die_with_their_group(void **state)
{
    (void)state;
    static const char *const rows[] = {"endless", "asleep", "endless_teardown"};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct drive_result result = pair(hostile, hostile, rows[i], 700);
        assert_true(result.killed);
        assert_true(WIFSIGNALED(result.status));
        drive_free(&result);
    }
}

static void processor_time_is_limited(void **state)
{
    (void)state;
    const char *argv[] = {"perfcourse-run", "pair", "--cpu-s=1", hostile, hostile, NULL};
    struct drive_result result =
        drive(argv, "setup name=endless size=0 seed=1\n", PATIENCE_MS);
    expect_last(result.answers, "crash worker=base signal=24");
    drive_free(&result);
}

static void what_cannot_be_loaded_is_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {"/nonexistent.so", "/dev/null", "/"};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct drive_result result = pair(rows[i], sort, "sort", PATIENCE_MS);
        expect_last(result.answers, "refused worker=base text=it%20cannot%20be%20loaded*");
        drive_free(&result);
    }
}

static void a_command_line_that_makes_no_sense_is_usage(void **state)
{
    (void)state;
    static const char *const rows[][5] = {
        {"perfcourse-run"},
        {"perfcourse-run", "dance"},
        {"perfcourse-run", "pair", "a.so"},
        {"perfcourse-run", "pair", "--cpu=x", "a.so", "b.so"},
        {"perfcourse-run", "exec"},
        {"perfcourse-count"},
        {"perfcourse-count", "--c=1", "a.so"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const char *argv[PC_COUNT(rows[i]) + 1] = {NULL};
        memcpy(argv, rows[i], sizeof rows[i]);
        struct drive_result result = drive(argv, "", PATIENCE_MS);
        assert_true(WIFEXITED(result.status));
        assert_int_equal(WEXITSTATUS(result.status), 2);
        assert_string_equal(result.answers, "");
        assert_string_equal(result.output, "");
        drive_free(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_kernels_are_timed_in_pairs),
        cmocka_unit_test(the_ratio_is_that_of_base_to_candidate_whoever_is_first),
        cmocka_unit_test(entries_are_listed),
        cmocka_unit_test(results_that_differ_are_caught_with_the_iteration),
        cmocka_unit_test(whatever_a_kernel_does_is_a_result),
        cmocka_unit_test(a_crash_names_the_place_in_the_kernel),
        cmocka_unit_test(a_crash_of_the_candidate_is_not_blamed_on_the_baseline),
        cmocka_unit_test(kernels_that_know_the_host_are_found_out),
        cmocka_unit_test(work_outside_of_ones_turn_is_refused),
        cmocka_unit_test(endless_kernels_die_with_their_group),
        cmocka_unit_test(processor_time_is_limited),
        cmocka_unit_test(what_cannot_be_loaded_is_refused),
        cmocka_unit_test(a_command_line_that_makes_no_sense_is_usage),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, compile, clean);
}
