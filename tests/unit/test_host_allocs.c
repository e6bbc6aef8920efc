/*
 * Where a kernel allocates: recorded by perfcourse-count --stacks, read by src/profile.
 *
 * Everything is counted, so the numbers are asserted as they are.
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

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "model/profile.h"
#include "profile/allocs.h"
#include "tests/host/drive.h"
#include "wire/sites.h"

enum { PATIENCE_MS = 60000, OPS = 5 };

static char *framed, *frameless;

static int compile(void **state)
{
    if (drive_setup(state) != 0)
        return -1;
    framed = drive_compile("sites.c",
                           "-fPIC -shared -fno-omit-frame-pointer "
                           "-fno-optimize-sibling-calls",
                           "framed.so");
    frameless =
        drive_compile("sites.c", "-fPIC -shared -fomit-frame-pointer", "frameless.so");
    return framed && frameless ? 0 : -1;
}

static int clean(void **state)
{
    free(framed);
    free(frameless);
    return drive_teardown(state);
}

struct run {
    struct drive_result result;
    struct pc_profile profile;
    struct pc_leaks leaks;
    struct pc_recorded_sites *sites;
};

static void record(struct run *run, const char *object, const char *bench, int size,
                   int patience_ms)
{
    *run = (struct run){.sites = NULL};
    int fd = memfd_create("sites", MFD_CLOEXEC);
    assert_int_equal(ftruncate(fd, sizeof *run->sites), 0);
    run->sites = mmap(NULL, sizeof *run->sites, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(run->sites != MAP_FAILED);
    char *orders = pc_strfmt(
        "hello\nsetup name=%s size=%d seed=3\nops n=%d warmup=2\nend\n", bench, size, OPS);
    const char *argv[] = {"perfcourse-count", "--stacks", object, NULL};
    run->result = drive_sharing(argv, orders, patience_ms, fd);
    free(orders);
    close(fd);
}

static void read_back(struct run *run, const char *object)
{
    char *host = pc_strfmt("%s/perfcourse-count",
                           getenv("PC_BUILDDIR") ? getenv("PC_BUILDDIR") : ".");
    const struct pc_codemap_spec spec = {
        .kernel = object, .source = "sites.c", .host = host};
    struct pc_err err;
    if (!pc_allocs_read(run->sites, sizeof *run->sites, &spec, &run->profile, &run->leaks,
                        &err))
        fail_msg("%s\n%s", err.msg, run->result.answers);
    free(host);
}

/* What the host counted in memory of its own. */
static double metric(const struct run *run, const char *name)
{
    struct pc_line line;
    double mean = -1;
    char *start = pc_strfmt("metric name=%s ", name);
    char *copy = drive_line(run->result.answers, start, &line);
    assert_true(pc_line_double(&line, "mean", &mean));
    free(copy);
    free(start);
    return mean;
}

static void run_of(struct run *run, const char *object, const char *bench, int size)
{
    record(run, object, bench, size, PATIENCE_MS);
    assert_false(run->result.killed);
    assert_string_equal(run->result.output, "");
    read_back(run, object);
    assert_true((double)pc_profile_total(&run->profile, 0) ==
                metric(run, "allocs/op") * OPS);
    assert_true((double)pc_profile_total(&run->profile, 1) == metric(run, "B/op") * OPS);
}

static void fini(struct run *run)
{
    drive_free(&run->result);
    pc_profile_fini(&run->profile);
    munmap(run->sites, sizeof *run->sites);
}

static const char *name_at(const struct run *run, const struct pc_profile_sample *sample,
                           size_t i)
{
    const struct pc_frame *frame = &run->profile.frames.items[sample->frames[i]];
    const struct pc_function *f = &run->profile.functions.items[frame->function];
    return f->code == PC_CODE_LIBRARY ? "libc" : f->name;
}

/* "outer;inner"; frames that are one behind the other in libc are one. */
static char *path_of(const struct run *run, const struct pc_profile_sample *sample)
{
    struct pc_str path = {0};
    const char *last = "";
    for (size_t i = sample->n; i-- > 0;) {
        const char *name = name_at(run, sample, i);
        if (strncmp(name, "bench_body_", 11) == 0)
            name = "bench";
        if (strcmp(name, last) != 0 || strcmp(name, "libc") != 0)
            pc_str_addf(&path, "%s%s", path.len ? ";" : "", name);
        last = name;
    }
    return pc_str_take(&path);
}

struct row {
    char *path;
    int64_t values[4];
};

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct row *)a)->path, ((const struct row *)b)->path);
}

/* A line for each path, sorted: what an operation allocates there, and how much of it lives
 * on.  Calls of one function from several places are one path. */
static char *table_of(const struct run *run)
{
    size_t n = run->profile.samples.n;
    struct row *rows = pc_alloc((n + 1) * sizeof *rows);
    for (size_t i = 0; i < n; i++) {
        const struct pc_profile_sample *sample = &run->profile.samples.items[i];
        rows[i].path = path_of(run, sample);
        memcpy(rows[i].values, sample->values, sizeof rows[i].values);
    }
    qsort(rows, n, sizeof *rows, by_path);
    struct pc_str table = {0};
    for (size_t i = 0; i < n; i++) {
        int64_t *values = rows[i].values;
        if (i + 1 < n && strcmp(rows[i].path, rows[i + 1].path) == 0)
            for (int k = 0; k < 4; k++)
                rows[i + 1].values[k] += values[k];
        else
            pc_str_addf(&table, "%s %g of %g, %g of %g\n", rows[i].path,
                        (double)values[0] / OPS, (double)values[1] / OPS,
                        (double)values[2] / OPS, (double)values[3] / OPS);
        free(rows[i].path);
    }
    free(rows);
    return pc_str_take(&table);
}

static void every_place_has_its_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *bench, *table;
    } rows[] = {
        {"places", "bench;ten 1 of 10, 0 of 0\n"
                   "bench;tens;ten 2 of 20, 0 of 0\n"
                   "bench;twenty 3 of 60, 0 of 0\n"},
        {"twins", "bench;by_another;between;ten 100 of 1000, 0 of 0\n"
                  "bench;by_one;between;ten 50 of 500, 0 of 0\n"},
        {"grown", "bench;by_malloc 2 of 20, 0 of 0\n"
                  "bench;by_realloc 3 of 180, 1 of 30\n"},
        {"family", "bench;by_aligned_alloc 1 of 128, 0 of 0\n"
                   "bench;by_calloc 1 of 21, 0 of 0\n"
                   "bench;by_posix_memalign 1 of 40, 0 of 0\n"
                   "bench;by_reallocarray 1 of 30, 0 of 0\n"
                   "bench;by_strdup;libc 1 of 13, 0 of 0\n"},
        {"through_libc", "bench;libc;compares 1 of 1, 0 of 0\n"},
        {"crowd", "work;by_strdup;libc 2000 of 26000, 0 of 0\n"
                  "work;ten 2000 of 20000, 0 of 0\n"},
        {"stopped", "bench;twenty 1 of 20, 0 of 0\n"},
        {"taken_back", "bench;twenty 1 of 20, 0 of 0\n"},
        {"keeps", "bench;twenty 1 of 20, 1 of 20\n"},
        {"leaks", "bench;libc 1 of 5, 1 of 5\n"
                  "bench;ten 1 of 10, 1 of 10\n"
                  "bench;twenty 1 of 20, 0 of 0\n"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct run run;
        run_of(&run, framed, rows[i].bench, 0);
        char *table = table_of(&run);
        assert_string_equal(table, rows[i].table);
        assert_int_equal(run.profile.lost, 0);
        assert_int_equal(run.profile.broken, 0);
        free(table);
        fini(&run);
    }
}

/* Frames have the line of the call. */
static void lines_are_those_of_the_calls(void **state)
{
    (void)state;
    struct run run;
    run_of(&run, framed, "places", 0);
    bool found = false;
    for (size_t i = 0; i < run.profile.samples.n; i++) {
        const struct pc_profile_sample *sample = &run.profile.samples.items[i];
        const struct pc_frame *frame = &run.profile.frames.items[sample->frames[0]];
        if (strcmp(name_at(&run, sample, 0), "twenty") != 0)
            continue;
        found = true;
        assert_int_equal(frame->line, 27);
        assert_int_equal(run.profile.frames.items[sample->frames[1]].line, 43);
    }
    assert_true(found);
    fini(&run);
}

static void what_is_left_is_known_by_its_place(void **state)
{
    (void)state;
    struct run run;
    run_of(&run, framed, "leaks", 0);
    /* Warm-up included. */
    assert_int_equal(run.leaks.objects, 2 * (OPS + 2));
    assert_int_equal(run.leaks.bytes, 15 * (OPS + 2));
    assert_int_equal(run.leaks.n, 2);
    const struct pc_leak *most = &run.leaks.items[0], *rest = &run.leaks.items[1];
    assert_int_equal(most->bytes, 10 * (OPS + 2));
    assert_int_equal(rest->objects, OPS + 2);
    uint32_t f = run.profile.frames.items[most->frame].function;
    assert_string_equal(run.profile.functions.items[f].name, "ten");
    f = run.profile.frames.items[rest->frame].function;
    assert_string_equal(run.profile.functions.items[f].name, "bench_body_leaks");
    fini(&run);
    run_of(&run, framed, "keeps", 0);
    assert_int_equal(run.leaks.objects, 0);
    fini(&run);
}

static void recursion_is_folded_before_it_is_cut(void **state)
{
    (void)state;
    static const struct {
        int depth;
        size_t frames;
        bool whole;
    } rows[] = {{10, 13, true}, {100, 0, true}, {5000, 0, false}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct run run;
        run_of(&run, framed, "recursion", rows[i].depth);
        assert_int_equal(run.profile.samples.n, 1);
        const struct pc_profile_sample *sample = &run.profile.samples.items[0];
        assert_string_equal(name_at(&run, sample, 0), "ten");
        assert_true(sample->n <= 32);
        if (rows[i].frames)
            assert_int_equal(sample->n, rows[i].frames);
        const char *outermost = name_at(&run, sample, sample->n - 1);
        assert_true((strcmp(outermost, "bench_body_recursion") == 0) == rows[i].whole);
        assert_int_equal(run.profile.broken, rows[i].whole ? 0 : OPS);
        fini(&run);
    }
}

/* 16384 chains: more than there is room for. */
static void a_full_table_keeps_the_innermost_calls(void **state)
{
    (void)state;
    struct run run;
    run_of(&run, framed, "ways", 0);
    assert_int_equal(pc_profile_total(&run.profile, 0), OPS * 16384);
    assert_true(run.profile.broken > 0);
    assert_true(run.profile.broken < (uint64_t)OPS * 16384);
    assert_int_equal(run.profile.lost, 0);
    for (size_t i = 0; i < run.profile.samples.n; i++) {
        const struct pc_profile_sample *sample = &run.profile.samples.items[i];
        assert_true(sample->n > 0);
        assert_string_equal(name_at(&run, sample, 0), "bottom");
    }
    fini(&run);
}

/* The sum of all places is compared in run_of(). */
static void counts_are_exact_where_frames_cannot_be_followed(void **state)
{
    (void)state;
    static const char *const benches[] = {"places", "grown", "family",   "through_libc",
                                          "crowd",  "leaks", "coroutine"};
    for (size_t i = 0; i < PC_COUNT(benches); i++) {
        struct run run;
        run_of(&run, frameless, benches[i], 0);
        assert_true(run.profile.samples.n > 0);
        assert_int_equal(run.profile.lost, 0);
        fini(&run);
    }
    struct run run;
    run_of(&run, framed, "coroutine", 0);
    assert_int_equal(pc_profile_total(&run.profile, 0), OPS);
    assert_string_equal(name_at(&run, &run.profile.samples.items[0], 0), "ten");
    fini(&run);
}

static void a_kernel_that_is_killed_leaves_its_table(void **state)
{
    (void)state;
    struct run run;
    record(&run, framed, "endless", 0, 1500);
    assert_true(run.result.killed);
    read_back(&run, framed);
    assert_true(pc_profile_total(&run.profile, 0) == 4);
    assert_string_equal(name_at(&run, &run.profile.samples.items[0], 0), "twenty");
    fini(&run);
}

/* Whatever a kernel writes over its table, reading it ends. */
static void nonsense_in_a_table_is_survived(void **state)
{
    (void)state;
    struct run run;
    record(&run, framed, "ways", 0, PATIENCE_MS);
    struct pc_recorded_sites *sound = pc_alloc(sizeof *sound);
    memcpy(sound, run.sites, sizeof *sound);
    struct pc_rng rng;
    struct pc_err err;
    const struct pc_codemap_spec spec = {.kernel = framed};
    pc_rng_init(&rng, 1);
    for (int round = 0; round < 20; round++) {
        memcpy(run.sites, sound, sizeof *sound);
        for (int k = 0; k < 1000; k++) {
            uint64_t at = pc_rng_below(&rng, sizeof *sound / 8);
            uint64_t word = pc_rng_next(&rng) >> pc_rng_below(&rng, 64);
            bool is_module = at * 8 >= offsetof(struct pc_recorded_sites, modules) &&
                             at * 8 < offsetof(struct pc_recorded_sites, rest);
            if (at > 1 && (!is_module || round % 2))
                ((uint64_t *)run.sites)[at] = word;
        }
        if (pc_allocs_read(run.sites, sizeof *run.sites, &spec, &run.profile, &run.leaks,
                           &err))
            assert_true(pc_profile_total(&run.profile, 0) >= 0);
        pc_profile_fini(&run.profile);
    }
    memset(run.sites, 0, sizeof *run.sites);
    assert_false(pc_allocs_read(run.sites, sizeof *run.sites, &spec, &run.profile,
                                &run.leaks, &err));
    assert_string_equal(err.msg, "nothing was recorded");
    free(sound);
    fini(&run);
}

static void without_memory_to_record_into_nothing_runs(void **state)
{
    (void)state;
    const char *argv[] = {"perfcourse-count", "--stacks", framed, NULL};
    /* It does not wait for orders, so none may be on their way when it has gone. */
    struct drive_result result = drive(argv, "", PATIENCE_MS);
    assert_non_null(strstr(result.answers, "error text=there%20is%20no%20memory"));
    drive_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_place_has_its_numbers),
        cmocka_unit_test(lines_are_those_of_the_calls),
        cmocka_unit_test(what_is_left_is_known_by_its_place),
        cmocka_unit_test(recursion_is_folded_before_it_is_cut),
        cmocka_unit_test(a_full_table_keeps_the_innermost_calls),
        cmocka_unit_test(counts_are_exact_where_frames_cannot_be_followed),
        cmocka_unit_test(a_kernel_that_is_killed_leaves_its_table),
        cmocka_unit_test(nonsense_in_a_table_is_survived),
        cmocka_unit_test(without_memory_to_record_into_nothing_runs),
    };
    return cmocka_run_group_tests(tests, compile, clean);
}
