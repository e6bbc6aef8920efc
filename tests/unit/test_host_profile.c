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
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "model/profile.h"
#include "profile/recording.h"
#include "tests/host/drive.h"
#include "wire/recording.h"

enum { PATIENCE_MS = 60000 };

static char *shares, *bare;

static int compile(void **state)
{
    if (drive_setup(state) != 0)
        return -1;
    shares = drive_compile("shares.c", "-fPIC -shared", "shares.so");
    bare = drive_compile("shares.c", "-fPIC -shared -g0 -s", "bare.so");
    return shares && bare ? 0 : -1;
}

static int clean(void **state)
{
    free(shares);
    free(bare);
    return drive_teardown(state);
}

/* A run of a bench, and what was recorded meanwhile. */
struct run {
    struct drive_result result;
    struct pc_profile profile;
    struct pc_recording_state state;
    struct pc_recording *recording;
    size_t size;
};

struct how {
    const char *object; /* NULL: the one with debug information */
    const char *bench, *option;
    int size, ms;
    size_t bytes;    /* of the recording; 0: as usual */
    int patience_ms; /* 0: as usual */
};

static void record(struct run *run, const struct how *how)
{
    *run = (struct run){.size = how->bytes ? how->bytes : PC_RECORDING_BYTES};
    int fd = memfd_create("recording", MFD_CLOEXEC);
    assert_int_equal(ftruncate(fd, (off_t)run->size), 0);
    run->recording = mmap(NULL, run->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(run->recording != MAP_FAILED);
    char *orders =
        pc_strfmt("hello\nsetup name=%s size=%d seed=3\npairs ms=%d min=2\nend\n",
                  how->bench, how->size, how->ms);
    const char *option = how->option ? how->option : "--hz=250";
    const char *argv[] = {"perfcourse-profile", option, "--memory=8000000000",
                          how->object ? how->object : shares, NULL};
    run->result =
        drive_sharing(argv, orders, how->patience_ms ? how->patience_ms : PATIENCE_MS, fd);
    free(orders);
    close(fd);
}

static void read_back(struct run *run, const char *object)
{
    char *host = pc_strfmt("%s/perfcourse-profile",
                           getenv("PC_BUILDDIR") ? getenv("PC_BUILDDIR") : ".");
    const struct pc_codemap_spec spec = {
        .kernel = object, .source = "shares.c", .host = host};
    struct pc_err err;
    if (!pc_recording_read(run->recording, run->size, &spec, &run->profile, &run->state,
                           &err))
        fail_msg("%s\n%s", err.msg, run->result.answers);
    free(host);
}

static void run_bench(struct run *run, const struct how *how)
{
    record(run, how);
    read_back(run, how->object ? how->object : shares);
}

static void fini(struct run *run)
{
    drive_free(&run->result);
    pc_profile_fini(&run->profile);
    munmap(run->recording, run->size);
}

static const struct pc_frame *frame_at(const struct run *run,
                                       const struct pc_profile_sample *sample, size_t i)
{
    return &run->profile.frames.items[sample->frames[i]];
}

static const struct pc_function *
function_at(const struct run *run, const struct pc_profile_sample *sample, size_t i)
{
    return &run->profile.functions.items[frame_at(run, sample, i)->function];
}

/* Whether the first frame that is the kernel's is `name`'s. */
static bool is_in(const struct run *run, const struct pc_profile_sample *sample,
                  const char *name)
{
    for (size_t i = 0; i < sample->n; i++)
        if (function_at(run, sample, i)->code == PC_CODE_KERNEL)
            return strcmp(function_at(run, sample, i)->name, name) == 0;
    return false;
}

static bool passes(const struct run *run, const struct pc_profile_sample *sample,
                   const char *name)
{
    for (size_t i = 0; i < sample->n; i++)
        if (strcmp(function_at(run, sample, i)->name, name) == 0)
            return true;
    return false;
}

typedef bool asks(const struct run *run, const struct pc_profile_sample *sample,
                  const char *name);

/* The share of the samples of which this is true. */
static double share(const struct run *run, asks *is_true, const char *name)
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
    struct run run;
    run_bench(&run, &(struct how){.bench = "split", .ms = 1500});
    assert_true(run.profile.taken >= 20);
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
    fini(&run);
}

/* "name:line" of the frames of the learner's code, innermost first. */
static char *path_of(const struct run *run, const struct pc_profile_sample *sample)
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
    struct run run;
    run_bench(&run, &(struct how){.bench = "inlining", .ms = 300});
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
    fini(&run);
}

static void stacks_through_libc_are_complete(void **state)
{
    (void)state;
    struct run run;
    run_bench(&run, &(struct how){.bench = "library", .ms = 800});
    assert_true(run.profile.taken >= 10);
    assert_true(share(&run, passes, "bench_body_library") >= 0.97);
    assert_true((double)run.profile.broken <= 0.03 * (double)run.profile.taken);
    fini(&run);
}

static void deep_stacks_keep_their_inner_end(void **state)
{
    (void)state;
    static const struct {
        int depth;
        bool whole;
    } rows[] = {{50, true}, {5000, false}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct run run;
        run_bench(&run,
                  &(struct how){.bench = "recursion", .size = rows[i].depth, .ms = 300});
        assert_true(run.profile.taken > 5);
        assert_true(share(&run, is_in, "descend") > 0.9);
        if (rows[i].whole)
            assert_int_equal(run.profile.broken, 0);
        else
            assert_true(run.profile.broken > 0);
        fini(&run);
    }
}

static void a_kernel_that_is_killed_leaves_its_samples(void **state)
{
    (void)state;
    struct run run;
    run_bench(&run, &(struct how){.bench = "endless", .ms = 300, .patience_ms = 1500});
    assert_true(run.result.killed);
    assert_false(run.state.is_whole);
    assert_true(run.profile.taken > 10);
    assert_true(run.profile.cpu_ns > 0);
    assert_true(share(&run, passes, "bench_body_endless") == 1);
    bool found = false;
    for (size_t i = 0; i < run.profile.samples.n && !found; i++) {
        char *path = path_of(&run, &run.profile.samples.items[i]);
        found = fnmatch("twenty:* bench_body_endless:120*", path, 0) == 0;
        free(path);
    }
    assert_true(found);
    fini(&run);
}

static void a_kernel_that_blocks_the_signal_is_found_out(void **state)
{
    (void)state;
    struct run run;
    run_bench(&run, &(struct how){.bench = "deaf", .ms = 200});
    assert_int_equal(run.profile.taken, 0);
    assert_true(run.state.blocked);
    assert_true(run.profile.cpu_ns > 0);
    fini(&run);
}

static void only_what_is_timed_is_recorded(void **state)
{
    (void)state;
    struct run run;
    run_bench(&run, &(struct how){.bench = "half_stopped", .ms = 600});
    assert_true(run.profile.taken > 10);
    assert_true(share(&run, is_in, "seventy") <= 0.02);
    assert_true(share(&run, passes, "twenty") > 0.8);
    fini(&run);
}

static void waiting_is_seen_by_the_clock_only(void **state)
{
    (void)state;
    struct run run;
    run_bench(&run, &(struct how){.bench = "sleepy", .option = "--wall", .ms = 400});
    assert_int_equal(run.profile.kind, PC_PROFILE_WALL);
    assert_true(run.profile.taken >= 20);
    assert_true(share(&run, passes, "bench_body_sleepy") > 0.9);
    fini(&run);
    run_bench(&run, &(struct how){.bench = "sleepy", .ms = 400});
    assert_int_equal(run.profile.kind, PC_PROFILE_CPU);
    assert_true(run.profile.cpu_ns < run.profile.wall_ns / 2);
    fini(&run);
}

static void threads_of_the_kernel_are_watched(void **state)
{
    (void)state;
    struct run run;
    run_bench(&run, &(struct how){.bench = "crowd", .ms = 500});
    assert_true(run.profile.threads > 8);
    assert_int_equal(run.state.unarmed, 0);
    assert_true(run.profile.taken > 10);
    assert_true(share(&run, passes, "twenty_often") > 0.5);
    fini(&run);
}

static void what_finds_no_room_is_counted(void **state)
{
    (void)state;
    struct run run;
    run_bench(&run, &(struct how){.bench = "split",
                                  .ms = 500,
                                  .bytes = sizeof(struct pc_recording) + 20000});
    assert_true(run.profile.taken > 3);
    assert_true(run.profile.lost > 3);
    int64_t total = pc_profile_total(&run.profile, 1);
    assert_int_equal(total, run.profile.cpu_ns);
    fini(&run);
}

static void without_debug_information_names_are_left_or_the_file(void **state)
{
    (void)state;
    struct run run;
    run_bench(&run, &(struct how){.object = bare, .bench = "split", .ms = 400});
    assert_true(run.profile.taken > 10);
    /* seventy() is exported, the body of the bench is not. */
    assert_true(share(&run, passes, "seventy") > 0.3);
    assert_true(share(&run, passes, "[shares.c]") > 0.9);
    assert_int_equal(run.profile.broken, 0);
    fini(&run);
}

/* Whatever a kernel writes over its recording, reading it ends. */
static void nonsense_in_a_recording_is_survived(void **state)
{
    (void)state;
    struct run run;
    record(&run, &(struct how){.bench = "library", .ms = 150, .bytes = 1 << 20});
    struct pc_recording *sound = pc_alloc(run.size);
    memcpy(sound, run.recording, run.size);
    struct pc_rng rng;
    pc_rng_init(&rng, 1);
    uint64_t end = sizeof *sound + sound->used;
    for (int round = 0; round < 60; round++) {
        memcpy(run.recording, sound, run.size);
        for (int k = 0; k < 1 << round % 7; k++) {
            uint64_t at = pc_rng_below(&rng, (end < run.size ? end : run.size) / 8) * 8;
            uint64_t word =
                pc_rng_below(&rng, 3) ? pc_rng_next(&rng) : pc_rng_below(&rng, 100);
            /* Modules are files, which other rounds replace. */
            if (round % 2 == 0 && at >= offsetof(struct pc_recording, modules) &&
                at < offsetof(struct pc_recording, labels))
                continue;
            memcpy((char *)run.recording + at, &word, sizeof word);
        }
        struct pc_err err;
        const struct pc_codemap_spec spec = {.kernel = shares};
        pc_recording_read(run.recording, run.size, &spec, &run.profile, &run.state, &err);
        pc_profile_fini(&run.profile);
    }
    struct pc_err err;
    memset(run.recording, 0, run.size);
    assert_false(pc_recording_read(run.recording, run.size, &(struct pc_codemap_spec){0},
                                   &run.profile, &run.state, &err));
    assert_string_equal(err.msg, "nothing was recorded");
    free(sound);
    fini(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_those_of_the_work),
        cmocka_unit_test(inlined_calls_are_frames_of_their_own),
        cmocka_unit_test(stacks_through_libc_are_complete),
        cmocka_unit_test(deep_stacks_keep_their_inner_end),
        cmocka_unit_test(a_kernel_that_is_killed_leaves_its_samples),
        cmocka_unit_test(a_kernel_that_blocks_the_signal_is_found_out),
        cmocka_unit_test(only_what_is_timed_is_recorded),
        cmocka_unit_test(waiting_is_seen_by_the_clock_only),
        cmocka_unit_test(threads_of_the_kernel_are_watched),
        cmocka_unit_test(what_finds_no_room_is_counted),
        cmocka_unit_test(without_debug_information_names_are_left_or_the_file),
        cmocka_unit_test(nonsense_in_a_recording_is_survived),
    };
    return cmocka_run_group_tests(tests, compile, clean);
}
