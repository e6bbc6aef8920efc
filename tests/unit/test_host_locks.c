/*
 * Who waits, and for whom: recorded by perfcourse-locks, read by src/profile.
 *
 * The benches make a thread wait and know when it does, so the numbers are exact.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "profile/locks.h"
#include "tests/host/drive.h"
#include "wire/locks.h"

enum { PATIENCE_MS = 60000, WAITS = 1 };

static char *framed, *frameless, *answers, *stuck;

static int compile(void **state)
{
    static const char frames[] = "-fPIC -shared -pthread -fno-omit-frame-pointer "
                                 "-fno-optimize-sibling-calls";
    if (drive_setup(state) != 0)
        return -1;
    framed = drive_compile("locks.c", frames, "framed.so");
    answers = drive_compile("lock_answers.c", frames, "answers.so");
    stuck = drive_compile("lock_stuck.c", frames, "stuck.so");
    frameless = drive_compile("locks.c", "-fPIC -shared -pthread -fomit-frame-pointer",
                              "frameless.so");
    return framed && frameless && answers && stuck ? 0 : -1;
}

static int clean(void **state)
{
    free(framed);
    free(frameless);
    free(answers);
    free(stuck);
    return drive_teardown(state);
}

struct run {
    struct drive_result result;
    struct pc_profile profile;
    struct pc_stuck stuck;
    struct pc_recorded_locks *locks;
};

static void record(struct run *run, const char *object, const char *bench, int patience_ms)
{
    *run = (struct run){.locks = NULL};
    int fd = memfd_create("locks", MFD_CLOEXEC);
    assert_int_equal(ftruncate(fd, sizeof *run->locks), 0);
    run->locks = mmap(NULL, sizeof *run->locks, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(run->locks != MAP_FAILED);
    char *orders =
        pc_strfmt("hello\nsetup name=%s size=0 seed=3\npairs ms=20 min=1\nend\n", bench);
    const char *argv[] = {"perfcourse-locks",
                          "--memory=8000000000",
                          "--threads=2",
                          "--batch-ns=2000000",
                          object,
                          NULL};
    run->result = drive_sharing(argv, orders, patience_ms, fd);
    free(orders);
    close(fd);
}

static bool read_back(struct run *run, const char *object, int64_t stopped)
{
    char *host = pc_strfmt("%s/perfcourse-locks",
                           getenv("PC_BUILDDIR") ? getenv("PC_BUILDDIR") : ".");
    const struct pc_codemap_spec spec = {
        .kernel = object, .source = "locks.c", .host = host};
    struct pc_err err;
    bool fine = pc_locks_read(run->locks, sizeof *run->locks, &spec, stopped, &run->profile,
                              &run->stuck, &err);
    free(host);
    return fine;
}

static void fini(struct run *run)
{
    drive_free(&run->result);
    pc_profile_fini(&run->profile);
    munmap(run->locks, sizeof *run->locks);
}

static void run_of(struct run *run, const char *object, const char *bench)
{
    record(run, object, bench, PATIENCE_MS);
    assert_false(run->result.killed);
    assert_string_equal(run->result.output, "");
    if (strstr(run->result.answers, "\nfail ") || strstr(run->result.answers, "crash "))
        fail_msg("%s: %s", bench, run->result.answers);
    assert_true(read_back(run, object, 0));
    assert_true(run->profile.ops > 0);
}

static const char *function_at(const struct pc_profile *profile, uint32_t frame)
{
    if (frame == PC_NO_FRAME)
        return "nobody";
    return profile->functions.items[profile->frames.items[frame].function].name;
}

static const char *label_at(const struct pc_profile *profile,
                            const struct pc_profile_sample *sample, size_t i)
{
    return i < sample->n_labels ? profile->labels.items[sample->labels[i]].value : "nobody";
}

/* "mutex: waits <- holds" */
static char *row_of(const struct pc_profile *profile,
                    const struct pc_profile_sample *sample)
{
    const char *other = label_at(profile, sample, 1);
    return pc_strfmt("%s: %s <- %.*s", label_at(profile, sample, 0),
                     sample->n ? function_at(profile, sample->frames[0]) : "nobody",
                     (int)strcspn(other, " "), other);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A line for each wait of an operation. */
static char *table_of(const struct run *run)
{
    const struct pc_profile *profile = &run->profile;
    char *rows[64];
    size_t n = 0;
    for (size_t i = 0; i < profile->samples.n; i++) {
        const struct pc_profile_sample *sample = &profile->samples.items[i];
        assert_int_equal(sample->values[WAITS] % (int64_t)profile->ops, 0);
        for (int64_t k = sample->values[WAITS] / (int64_t)profile->ops; k > 0; k--) {
            assert_true(n < PC_COUNT(rows));
            rows[n++] = row_of(profile, sample);
        }
    }
    qsort(rows, n, sizeof *rows, by_text);
    struct pc_str table = {0};
    for (size_t i = 0; i < n; i++) {
        pc_str_addf(&table, "%s\n", rows[i]);
        free(rows[i]);
    }
    return pc_str_take(&table);
}

static void expect_table(const char *object, const char *bench, const char *wanted,
                         int calls)
{
    struct run run;
    run_of(&run, object, bench);
    char *table = table_of(&run);
    assert_string_equal(table ? table : "", wanted);
    assert_int_equal(pc_profile_total(&run.profile, 0), calls * (int64_t)run.profile.ops);
    assert_int_equal(run.profile.lost, 0);
    assert_int_equal(run.stuck.n, 0);
    assert_int_equal(run.stuck.held, 0);
    free(table);
    fini(&run);
}

static void every_primitive_names_who_waits_and_for_whom(void **state)
{
    (void)state;
    static const struct {
        const char *bench, *table;
        int calls;
    } rows[] = {
        {"mutex", "mutex: waits_for_mutex <- hold\n", 2},
        {"timed", "mutex: waits_by_clock <- hold\nmutex: waits_with_time <- hold\n", 4},
        {"kinds",
         "mutex: waits_for_mutex <- hold\nmutex: waits_for_mutex <- hold\n"
         "mutex: waits_for_mutex <- hold\nmutex: waits_for_mutex <- hold\n"
         "mutex: waits_for_mutex <- hold\nmutex: waits_for_mutex <- hold\n",
         12},
        {"deeper", "mutex: waits_for_mutex <- hold_deeper\n", 4},
        {"rwlock",
         "read lock: reads <- hold_to_write\nwrite lock: writes <- hold_to_read\n", 4},
        {"condition", "condition: sleeps <- wake\n", 2},
        {"c11", "condition: c11_waits <- c11_holds\nmutex: c11_waits <- c11_holds\n", 3},
        {"semaphore", "semaphore: takes <- post\n", 2},
        {"barrier",
         "barrier: comes_first <- come_last\nbarrier: comes_first <- come_last\n"
         "barrier: comes_first <- come_last\nbarrier: comes_first <- come_last\n",
         6},
        {"alone", "", 10},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        expect_table(framed, rows[i].bench, rows[i].table, rows[i].calls);
}

static void it_is_so_without_frame_pointers(void **state)
{
    (void)state;
    expect_table(frameless, "mutex", "mutex: waits_for_mutex <- hold\n", 2);
    expect_table(frameless, "condition", "condition: sleeps <- wake\n", 2);
}

/* The number of the line of tests/host/locks.c that has `text`. */
static int line_with(const char *text)
{
    const char *folder = getenv("PC_SRCDIR");
    char *path = pc_strfmt("%s/tests/host/locks.c", folder ? folder : ".");
    size_t n;
    char *source = pc_file_read(path, 1 << 20, &n, NULL);
    assert_non_null(source);
    char *at = strstr(source, text);
    assert_non_null(at);
    int line = 1;
    for (const char *p = source; p < at; p++)
        line += *p == '\n';
    free(source);
    free(path);
    return line;
}

static void the_line_that_holds_is_the_one_that_took_the_lock(void **state)
{
    (void)state;
    struct run run;
    run_of(&run, framed, "mutex");
    char *wanted = pc_strfmt("locks.c:%d", line_with("/* held from here */"));
    size_t found = 0;
    for (size_t i = 0; i < run.profile.samples.n; i++) {
        const struct pc_profile_sample *sample = &run.profile.samples.items[i];
        if (sample->values[WAITS] == 0)
            continue;
        found++;
        const char *holder = label_at(&run.profile, sample, 1);
        assert_memory_equal(holder, "hold ", 5);
        assert_string_equal(strstr(holder, "locks.c"), wanted);
        assert_true(sample->values[2] > 0);
    }
    assert_int_equal(found, 1);
    free(wanted);
    fini(&run);
}

static void answers_are_those_of_libc(void **state)
{
    (void)state;
    struct run run;
    run_of(&run, answers, "answers");
    assert_int_equal(run.stuck.held, 0);
    fini(&run);
}

/* Until it waits: on a slow machine that takes longer. */
static void run_stuck(struct run *run, const char *bench, unsigned threads)
{
    for (int patience_ms = 400;; patience_ms *= 3) {
        record(run, stuck, bench, patience_ms);
        assert_true(run->result.killed);
        if (read_back(run, stuck, pc_now()) && run->stuck.threads == threads)
            return;
        if (patience_ms > PATIENCE_MS)
            fail_msg("%s: %u threads wait", bench, run->stuck.threads);
        fini(run);
    }
}

/* "from_right <- from_left" */
static void expect_stuck(const struct run *run, const char *waits, const char *holds,
                         bool in_circle, bool ended)
{
    for (size_t i = 0; i < run->stuck.n; i++) {
        const struct pc_stuck_thread *thread = &run->stuck.items[i];
        if (strcmp(function_at(&run->profile, thread->frame), waits) != 0)
            continue;
        assert_string_equal(function_at(&run->profile, thread->holder), holds);
        assert_string_equal(thread->what, "mutex");
        assert_true(thread->in_circle == in_circle && thread->holder_ended == ended);
        assert_true(thread->ns > 0);
        return;
    }
    fail_msg("%s does not wait", waits);
}

static void a_deadlock_names_both_lines_and_who_holds_what(void **state)
{
    (void)state;
    struct run run;
    run_stuck(&run, "deadlock", 2);
    assert_true(run.stuck.has_circle);
    expect_stuck(&run, "from_left", "from_right", true, false);
    expect_stuck(&run, "from_right", "from_left", true, false);
    assert_true(pc_profile_total(&run.profile, 1) >= 2);
    assert_true(pc_profile_total(&run.profile, 2) > 0);
    fini(&run);
    run_stuck(&run, "itself", 1);
    expect_stuck(&run, "bench_body_itself", "bench_body_itself", true, false);
    fini(&run);
    run_stuck(&run, "orphan", 1);
    assert_false(run.stuck.has_circle);
    expect_stuck(&run, "bench_body_orphan", "dies_with_it", false, true);
    fini(&run);
}

static void what_is_held_at_the_end_is_told(void **state)
{
    (void)state;
    struct run run;
    run_of(&run, stuck, "keeps");
    assert_int_equal(run.stuck.held, 1);
    assert_string_equal(function_at(&run.profile, run.stuck.held_at), "bench_body_keeps");
    fini(&run);
}

/* Whatever a kernel writes over its tables, reading them ends. */
static void nonsense_in_the_tables_is_survived(void **state)
{
    (void)state;
    struct run run;
    run_stuck(&run, "deadlock", 2);
    pc_profile_fini(&run.profile);
    struct pc_recorded_locks *sound = pc_alloc(sizeof *sound);
    memcpy(sound, run.locks, sizeof *sound);
    struct pc_rng rng;
    struct pc_err err;
    const struct pc_codemap_spec spec = {.kernel = stuck};
    pc_rng_init(&rng, 1);
    for (int round = 0; round < 12; round++) {
        memcpy(run.locks, sound, sizeof *sound);
        size_t end =
            round % 2 ? sizeof *sound : offsetof(struct pc_recorded_locks, lockers[4]);
        for (int k = 0; k < 3000; k++) {
            uint64_t at = pc_rng_below(&rng, end / 8);
            uint64_t word = pc_rng_next(&rng) >> pc_rng_below(&rng, 64);
            if (at > 1)
                ((uint64_t *)run.locks)[at] = word;
        }
        if (pc_locks_read(run.locks, sizeof *run.locks, &spec, pc_now(), &run.profile,
                          &run.stuck, &err))
            assert_true(pc_profile_total(&run.profile, 2) >= 0);
        assert_true(run.stuck.n <= PC_STUCK_SHOWN);
        pc_profile_fini(&run.profile);
    }
    memset(run.locks, 0, sizeof *run.locks);
    assert_false(pc_locks_read(run.locks, sizeof *run.locks, &spec, 0, &run.profile,
                               &run.stuck, &err));
    assert_string_equal(err.msg, "nothing was recorded");
    free(sound);
    fini(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_primitive_names_who_waits_and_for_whom),
        cmocka_unit_test(it_is_so_without_frame_pointers),
        cmocka_unit_test(the_line_that_holds_is_the_one_that_took_the_lock),
        cmocka_unit_test(answers_are_those_of_libc),
        cmocka_unit_test(a_deadlock_names_both_lines_and_who_holds_what),
        cmocka_unit_test(what_is_held_at_the_end_is_told),
        cmocka_unit_test(nonsense_in_the_tables_is_survived),
    };
    return cmocka_run_group_tests(tests, compile, clean);
}
