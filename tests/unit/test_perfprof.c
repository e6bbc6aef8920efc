/*
 * Profiles that a program takes of itself, read back from their files.
 *
 * Shares are those of work, not of time, and asserted with bounds that chance exceeds once in
 * millions of runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "perfprof/perfprof.h"
#include "perfprof_bed.h"

static void fill_it(void)
{
    struct pc_profile profile;
    setenv("PERFPROF_MIB", "1", 1);
    bed_begin();
    char room[60000]; /* which compilers must believe to be in use */
    __asm__ volatile("" : : "r"(room) : "memory");
    bed_work(320);
    __asm__ volatile("" : : "r"(room) : "memory");
    bed_end(&profile);
    assert_true(profile.taken > 10);
    assert_true(profile.lost > 0);
    pc_profile_fini(&profile);
    char *packed = pc_file_read(bed_file(), 1 << 20, NULL, NULL);
    assert_non_null(packed);
    free(packed);
}

static void what_finds_no_room_is_counted(void **state)
{
    (void)state;
    bed_apart(fill_it);
}

static void other_profiler(int signal)
{
    (void)signal;
}

static void use_the_signal(void)
{
    signal(SIGPROF, other_profiler);
    assert_false(bench_profile_start(bed_file()));
    assert_non_null(strstr(bench_profile_error(), "SIGPROF has a handler already"));
    assert_false(bench_profile_label("a", "b"));
    assert_int_equal(bench_pprof_serve(0), -1);
}

static void a_signal_that_is_in_use_is_left_alone(void **state)
{
    (void)state;
    bed_apart(use_the_signal);
}

static void shares_are_those_of_the_work(void **state)
{
    (void)state;
    struct pc_profile profile;
    bed_begin();
    bed_work(400);
    bed_end(&profile);
    assert_true(profile.taken >= 20);
    double spread = 5.5 * sqrt(0.21 / (double)profile.taken) + 0.02;
    double found = bed_share(&profile, bed_passes, "seventy");
    if (fabs(found - 0.7) > spread)
        fail_msg("%g of %d", found, (int)profile.taken);
    assert_true(bed_share(&profile, bed_passes, "main") == 1);
    assert_int_equal(profile.broken, 0);
    assert_int_equal(profile.lost, 0);
    assert_true(profile.when > 1500000000000);
    assert_int_equal(pc_profile_total(&profile, 1), profile.cpu_ns);
    pc_profile_fini(&profile);
}

static void mistakes_are_told(void **state)
{
    (void)state;
    char *missing = bed_path("nowhere/cpu.pb.gz");
    const struct {
        const char *file, *says;
    } rows[] = {
        {NULL, "needs the name of a file"},
        {"", "needs the name of a file"},
        {missing, "nowhere/cpu.pb.gz: No such file"},
        {"/tmp", "is no file"},
        {"/dev/null", "is no file"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        assert_false(bench_profile_start(rows[i].file));
        if (!strstr(bench_profile_error(), rows[i].says))
            fail_msg("%s", bench_profile_error());
    }
    free(missing);
    assert_false(bench_profile_stop());
    assert_string_equal(bench_profile_error(), "no profile is being taken in this process");
    bed_begin();
    assert_string_equal(bench_profile_error(), "");
    assert_false(bench_profile_start(bed_file()));
    assert_string_equal(bench_profile_error(), "a profile is being taken already");
    assert_true(bench_profile_stop());
    assert_false(bench_profile_stop());
    assert_false(bench_profile_label("", "x"));
    assert_false(bench_profile_label(NULL, "x"));
    assert_false(bench_profile_label("a=b", "x"));
    assert_true(bench_pprof_serve(0) > 0);
    assert_int_equal(bench_pprof_serve(0), -1);
    assert_non_null(strstr(bench_profile_error(), "runs already, on port"));
    bench_pprof_stop();
    bench_pprof_stop();
}

static void a_file_that_cannot_be_written_is_told_at_the_end(void **state)
{
    (void)state;
    char *inner = bed_path("inner"), *path = pc_strfmt("%s/cpu.pb.gz", inner);
    assert_int_equal(mkdir(inner, 0700), 0);
    assert_true(bench_profile_start(path));
    assert_int_equal(rmdir(inner), 0);
    assert_false(bench_profile_stop());
    assert_non_null(strstr(bench_profile_error(), "No such file"));
    bed_begin(); /* and nothing is left of it */
    assert_true(bench_profile_stop());
    free(inner);
    free(path);
}

static void folded_stacks_are_written_by_their_name(void **state)
{
    (void)state;
    char *path = bed_path("cpu.folded");
    assert_true(bench_profile_start(path));
    bed_work(100);
    assert_true(bench_profile_stop());
    char *text = pc_file_read(path, 1 << 20, NULL, NULL);
    assert_non_null(text);
    assert_non_null(strstr(text, ";bed_work;seventy;bed_steps "));
    free(text);
    free(path);
}

static void waiting_is_seen_by_the_clock(void **state)
{
    (void)state;
    assert_true(bench_profile_start_wall(bed_file()));
    for (int i = 0; i < 10; i++)
        nanosleep(&(struct timespec){.tv_nsec = 30000000}, NULL);
    struct pc_profile profile;
    bed_end(&profile);
    assert_int_equal(profile.kind, PC_PROFILE_WALL);
    assert_true(profile.taken > 5);
    assert_true(profile.cpu_ns < profile.wall_ns);
    pc_profile_fini(&profile);
}

/* The last one: a process keeps its labels. */
static void labels_that_find_no_room_are_refused(void **state)
{
    (void)state;
    bool fine = true;
    int n = 0;
    for (; n < 100 && fine; n++) {
        char value[16];
        snprintf(value, sizeof value, "%d", n);
        fine = bench_profile_label("n", value);
    }
    assert_false(fine);
    assert_in_range(n, 40, 65);
    assert_non_null(strstr(bench_profile_error(), "at most 64"));
    assert_true(bench_profile_label("n", "1"));
    assert_true(bench_profile_label("n", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_finds_no_room_is_counted),
        cmocka_unit_test(a_signal_that_is_in_use_is_left_alone),
        cmocka_unit_test(shares_are_those_of_the_work),
        cmocka_unit_test(mistakes_are_told),
        cmocka_unit_test(a_file_that_cannot_be_written_is_told_at_the_end),
        cmocka_unit_test(folded_stacks_are_written_by_their_name),
        cmocka_unit_test(waiting_is_seen_by_the_clock),
        cmocka_unit_test(labels_that_find_no_room_are_refused),
    };
    return cmocka_run_group_tests(tests, bed_set_up, bed_tear_down);
}
