/*
 * Where a kernel spends its time: recorded by perfcourse-profile, read by src/profile.
 *
 * What is known is the share of work, not of time, and shares are asserted with bounds that
 * chance exceeds once in millions of runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fnmatch.h>
#include <math.h>

#include "base/mem.h"
#include "base/str.h"
#include "tests/host/recorded.h"

static const struct pc_frame *frame_at(const struct recorded *run,
                                       const struct pc_profile_sample *sample, size_t i)
{
    return &run->profile.frames.items[sample->frames[i]];
}

static const struct pc_function *
function_at(const struct recorded *run, const struct pc_profile_sample *sample, size_t i)
{
    return &run->profile.functions.items[frame_at(run, sample, i)->function];
}

/* Whether the first frame that is the kernel's is `name`'s. */
static bool is_in(const struct recorded *run, const struct pc_profile_sample *sample,
                  const char *name)
{
    for (size_t i = 0; i < sample->n; i++)
        if (function_at(run, sample, i)->code == PC_CODE_KERNEL)
            return strcmp(function_at(run, sample, i)->name, name) == 0;
    return false;
}

static bool passes(const struct recorded *run, const struct pc_profile_sample *sample,
                   const char *name)
{
    for (size_t i = 0; i < sample->n; i++)
        if (strcmp(function_at(run, sample, i)->name, name) == 0)
            return true;
    return false;
}

typedef bool asks(const struct recorded *run, const struct pc_profile_sample *sample,
                  const char *name);

/* The share of the samples of which this is true. */
static double share(const struct recorded *run, asks *is_true, const char *name)
{
    int64_t sum = 0, total = pc_profile_total(&run->profile, 0);
    for (size_t i = 0; i < run->profile.samples.n; i++) {
        const struct pc_profile_sample *sample = &run->profile.samples.items[i];
        if (is_true(run, sample, name))
            sum += sample->values[0];
    }
    return total ? (double)sum / (double)total : 0;
}

static void shares_are_those_of_the_work(void **state)
{
    (void)state;
    struct recorded run;
    recorded_run(&run, &(struct recorded_how){.bench = "split", .ms = 1500, .least = 20});
    static const struct {
        const char *name;
        double share;
    } rows[] = {{"seventy", 0.7}, {"twenty", 0.2}, {"five", 0.05}, {"other_five", 0.05}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        double p = rows[i].share, found = share(&run, is_in, rows[i].name);
        double spread = 5.5 * sqrt(p * (1 - p) / (double)run.profile.taken);
        if (found < p - spread - 0.01 || found > p + spread + 0.01)
            fail_msg("%s: %g", rows[i].name, found);
    }
    assert_true(share(&run, passes, "bench_body_split") == 1);
    assert_true(run.state.is_whole);
    assert_int_equal(run.profile.broken, 0);
    assert_int_equal(run.profile.lost, 0);
    assert_int_equal(run.profile.threads, 1);
    recorded_fini(&run);
}

/* "name:line" of the frames of the learner's code, innermost first. */
static char *path_of(const struct recorded *run, const struct pc_profile_sample *sample)
{
    struct pc_str text = {0};
    for (size_t i = 0; i < sample->n; i++)
        if (function_at(run, sample, i)->code == PC_CODE_KERNEL)
            pc_str_addf(&text, "%s:%d ", function_at(run, sample, i)->name,
                        frame_at(run, sample, i)->line);
    return pc_str_take(&text);
}

static void inlined_calls_are_frames_of_their_own(void **state)
{
    (void)state;
    struct recorded run;
    recorded_run(&run, &(struct recorded_how){.bench = "inlining", .ms = 300});
    size_t found = 0;
    for (size_t i = 0; i < run.profile.samples.n; i++) {
        const struct pc_profile_sample *sample = &run.profile.samples.items[i];
        char *path = path_of(&run, sample);
        if (fnmatch("inlined:56 around:62 bench_body_inlining:*", path, 0) == 0) {
            found++;
            assert_true(frame_at(&run, sample, 0)->inlined);
            assert_false(frame_at(&run, sample, 1)->inlined);
            assert_int_equal(function_at(&run, sample, 0)->line, 54);
        }
        free(path);
    }
    assert_true(found > 0);
    recorded_fini(&run);
}

static void stacks_through_libc_are_complete(void **state)
{
    (void)state;
    struct recorded run;
    recorded_run(&run, &(struct recorded_how){.bench = "library", .ms = 800, .least = 10});
    assert_true(share(&run, passes, "bench_body_library") >= 0.97);
    assert_true((double)run.profile.broken <= 0.03 * (double)run.profile.taken);
    recorded_fini(&run);
}

static void deep_stacks_keep_their_inner_end(void **state)
{
    (void)state;
    static const struct {
        int depth;
        bool whole;
    } rows[] = {{50, true}, {5000, false}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct recorded run;
        recorded_run(
            &run, &(struct recorded_how){
                      .bench = "recursion", .size = rows[i].depth, .ms = 300, .least = 6});
        assert_true(share(&run, is_in, "descend") > 0.9);
        if (rows[i].whole)
            assert_int_equal(run.profile.broken, 0);
        else
            assert_true(run.profile.broken > 0);
        recorded_fini(&run);
    }
}

static void a_kernel_that_is_killed_leaves_its_samples(void **state)
{
    (void)state;
    struct recorded run;
    recorded_run(&run,
                 &(struct recorded_how){
                     .bench = "endless", .ms = 300, .patience_ms = 1500, .least = 11});
    assert_true(run.result.killed);
    assert_false(run.state.is_whole);
    assert_true(run.profile.cpu_ns > 0);
    assert_true(share(&run, passes, "bench_body_endless") == 1);
    bool found = false;
    for (size_t i = 0; i < run.profile.samples.n && !found; i++) {
        char *path = path_of(&run, &run.profile.samples.items[i]);
        found = fnmatch("twenty:* bench_body_endless:120*", path, 0) == 0;
        free(path);
    }
    assert_true(found);
    recorded_fini(&run);
}

static void only_what_is_timed_is_recorded(void **state)
{
    (void)state;
    struct recorded run;
    recorded_run(&run,
                 &(struct recorded_how){.bench = "half_stopped", .ms = 600, .least = 11});
    assert_true(share(&run, is_in, "seventy") <= 0.02);
    assert_true(share(&run, passes, "twenty") > 0.8);
    recorded_fini(&run);
}

static void waiting_is_seen_by_the_clock_only(void **state)
{
    (void)state;
    struct recorded run;
    recorded_run(&run, &(struct recorded_how){
                           .bench = "sleepy", .option = "--wall", .ms = 400, .least = 20});
    assert_int_equal(run.profile.kind, PC_PROFILE_WALL);
    assert_true(share(&run, passes, "bench_body_sleepy") > 0.9);
    recorded_fini(&run);
    recorded_run(&run, &(struct recorded_how){.bench = "sleepy", .ms = 400});
    assert_int_equal(run.profile.kind, PC_PROFILE_CPU);
    assert_true(run.profile.cpu_ns < run.profile.wall_ns / 2);
    recorded_fini(&run);
}

/* Operations of a millisecond come in batches that no tick keeps step with, by the clock, so
 * that those that sleep come to an end as well. */
static void a_batch_is_longer_than_a_tick(void **state)
{
    (void)state;
    struct recorded run;
    recorded_run(&run, &(struct recorded_how){.bench = "sleepy", .ms = 100});
    const char *at = strstr(run.result.answers, "candidate-n=");
    long n = at ? strtol(strchr(at, '=') + 1, NULL, 10) : 0;
    assert_in_range(n, 2, 17);
    assert_false(run.result.killed);
    recorded_fini(&run);
}

static void threads_of_the_kernel_are_watched(void **state)
{
    (void)state;
    struct recorded run;
    recorded_run(&run, &(struct recorded_how){.bench = "crowd", .ms = 500, .least = 11});
    assert_true(run.profile.threads > 8);
    assert_int_equal(run.state.unarmed, 0);
    assert_true(share(&run, passes, "twenty_often") > 0.5);
    recorded_fini(&run);
}

static void without_debug_information_names_are_left_or_the_file(void **state)
{
    (void)state;
    struct recorded run;
    recorded_run(&run,
                 &(struct recorded_how){
                     .object = recorded_bare, .bench = "split", .ms = 400, .least = 11});
    /* seventy() is exported, the body of the bench is not. */
    assert_true(share(&run, passes, "seventy") > 0.3);
    assert_true(share(&run, passes, "[shares.c]") > 0.9);
    assert_int_equal(run.profile.broken, 0);
    recorded_fini(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_those_of_the_work),
        cmocka_unit_test(inlined_calls_are_frames_of_their_own),
        cmocka_unit_test(stacks_through_libc_are_complete),
        cmocka_unit_test(deep_stacks_keep_their_inner_end),
        cmocka_unit_test(a_kernel_that_is_killed_leaves_its_samples),
        cmocka_unit_test(only_what_is_timed_is_recorded),
        cmocka_unit_test(waiting_is_seen_by_the_clock_only),
        cmocka_unit_test(a_batch_is_longer_than_a_tick),
        cmocka_unit_test(threads_of_the_kernel_are_watched),
        cmocka_unit_test(without_debug_information_names_are_left_or_the_file),
    };
    return cmocka_run_group_tests(tests, recorded_setup, recorded_teardown);
}
