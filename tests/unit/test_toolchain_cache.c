#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "loop/loop.h"
#include "toolchain/cache.h"
#include "toolchain_bed.h"

/* A compiler that counts its runs in the file "runs" and does `also` first. */
static char *counting_compiler(const struct bed *bed, const char *also)
{
    PC_AUTO(pc_auto_free)
    char *text =
        pc_strfmt("#!/bin/sh\necho >>'%s/runs'\n%s\nexec cc \"$@\"\n", bed->dir, also);
    return bed_write(bed, "cc", text, true);
}

static size_t runs(const struct bed *bed)
{
    size_t n = 0;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(bed->dir, "runs");
    free(pc_file_read(path, 1 << 20, &n, NULL));
    return n;
}

static void find(struct bed *bed, const char *cc)
{
    struct pc_err err = {0};
    if (!bed_find(bed, cc, &err))
        fail_msg("%s", err.msg);
}

/* Files in the cache whose names hold `part`. */
static size_t cached(const struct bed *bed, const char *part)
{
    size_t n = 0;
    DIR *dir = opendir(bed->cache);
    for (struct dirent *d; dir && (d = readdir(dir));)
        n += strstr(d->d_name, part) != NULL;
    if (dir)
        closedir(dir);
    return n;
}

static void what_is_cached_needs_no_compiler(void **state)
{
    struct bed *bed = *state;
    PC_AUTO(pc_auto_free) char *cc = counting_compiler(bed, "");
    find(bed, cc);
    struct pc_build_spec spec = bed_spec(bed, PC_PLAIN_PROGRAM, bed_good);
    struct outcome first, second;
    bed_build(bed, &spec, &first);
    assert_false(first.cached);
    size_t before = runs(bed);
    PC_AUTO(pc_auto_free) char *key = pc_strdup(pc_toolchain_key(bed->tc));
    find(bed, cc);
    assert_string_equal(pc_toolchain_key(bed->tc), key);
    bed_build(bed, &spec, &second);
    assert_true(second.cached);
    assert_int_equal(runs(bed), before);
    assert_non_null(strstr(first.text.s, "made\nsum.c:4:16: warning: unused variable"));
    assert_string_equal(first.text.s, second.text.s);
    assert_string_equal(first.path, second.path);
    outcome_fini(&first);
    outcome_fini(&second);
}

static void only_what_changed_is_compiled(void **state)
{
    static const struct {
        const char *file, *text;
        size_t runs; /* compilations and one link */
    } rows[] = {
        {NULL, "/* a new kernel */", 2},
        {"exercise/bench.c", "int run_sum(void);\nint run_sum(void) { return 0; }\n", 2},
        {"checks/test.c", "int test_sum(void);\nint test_sum(void) { return 0; }\n", 2},
        {"exercise/sum.h", "/* new */\nint sum(const int *a, int n);\n", 4},
        {"include/perfbench.h", "/* new */\nint test_sum(void);\n", 4},
        {"exercise/other.c", "not read\n", 0},
    };
    struct bed *bed = *state;
    PC_AUTO(pc_auto_free) char *cc = counting_compiler(bed, "");
    find(bed, cc);
    PC_AUTO(pc_auto_free) char *kernel = pc_strdup(bed_good);
    for (size_t i = 0; i <= PC_COUNT(rows); i++) {
        struct outcome outcome;
        struct pc_build_spec spec = bed_spec(bed, PC_PLAIN_PROGRAM, kernel);
        size_t before = runs(bed);
        bed_build(bed, &spec, &outcome);
        assert_non_null(outcome.path);
        assert_int_equal(runs(bed) - before, i == 0 ? 4 : rows[i - 1].runs);
        outcome_fini(&outcome);
        if (i == PC_COUNT(rows))
            break;
        if (rows[i].file) {
            free(bed_write(bed, rows[i].file, rows[i].text, false));
        } else {
            free(kernel);
            kernel = pc_strfmt("%s%s\n", bed_good, rows[i].text);
        }
    }
}

static void a_change_while_building_does_not_mix(void **state)
{
    struct bed *bed = *state;
    struct outcome outcome = {0};
    find(bed, NULL);
    struct pc_build_spec spec = bed_spec(bed, PC_PLAIN_PROGRAM, bed_good);
    struct pc_build_job *job =
        pc_build_start(bed->loop, bed->tc, &spec, bed_done, &outcome, NULL);
    assert_non_null(job);
    free(bed_write(bed, "checks/test.c", "#error changed\n", false));
    free(bed_write(bed, "exercise/sum.h", "#error changed\n", false));
    pc_loop_run(bed->loop);
    assert_non_null(outcome.path);
    assert_int_equal(system(outcome.path), 0);
    outcome_fini(&outcome);
    bed_build(bed, &spec, &outcome);
    assert_null(outcome.path);
    outcome_fini(&outcome);
}

static void damaged_files_are_made_again(void **state)
{
    static const size_t sizes[] = {0, 10, 100, 1000};
    struct bed *bed = *state;
    find(bed, NULL);
    struct pc_build_spec spec = bed_spec(bed, PC_PLAIN_PROGRAM, bed_good);
    for (size_t i = 0; i <= PC_COUNT(sizes); i++) {
        struct outcome outcome;
        bed_build(bed, &spec, &outcome);
        assert_non_null(outcome.path);
        assert_false(outcome.cached);
        assert_int_equal(system(outcome.path), 0);
        outcome_fini(&outcome);
        if (i == PC_COUNT(sizes))
            break;
        char **names = pc_dir_names(bed->cache, NULL);
        for (char **name = names; *name; name++) {
            PC_AUTO(pc_auto_free) char *path = pc_path_join(bed->cache, *name);
            if (!strstr(*name, ".log"))
                assert_int_equal(truncate(path, (off_t)sizes[i]), 0);
        }
        pc_names_free(names);
        find(bed, NULL); /* its answers were damaged too */
    }
}

static void builds_side_by_side_share_the_cache(void **state)
{
    enum { JOBS = 8 };
    struct bed *bed = *state;
    struct outcome outcomes[JOBS] = {0};
    find(bed, NULL);
    struct pc_build_spec spec = bed_spec(bed, PC_PLAIN_PROGRAM, bed_good);
    for (size_t i = 0; i < JOBS; i++)
        assert_non_null(
            pc_build_start(bed->loop, bed->tc, &spec, bed_done, &outcomes[i], NULL));
    pc_loop_run(bed->loop);
    for (size_t i = 0; i < JOBS; i++) {
        assert_non_null(outcomes[i].path);
        assert_int_equal(system(outcomes[i].path), 0);
        outcome_fini(&outcomes[i]);
    }
    assert_int_equal(cached(bed, "tmp."), 0);
}

/* Waits in the loop for the file "pid" that a compiler writes, then cancels. */
struct canceller {
    struct bed *bed;
    struct pc_build_job *job;
    struct pc_timer *timer;
    int pid;
};

static void look(void *ctx)
{
    struct canceller *c = ctx;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(c->bed->dir, "pid");
    PC_AUTO(pc_auto_free) char *text = pc_file_read(path, 100, NULL, NULL);
    pc_timer_free(c->timer);
    c->timer = NULL;
    if (text && strchr(text, '\n')) {
        c->pid = atoi(text);
        pc_build_cancel(c->job);
    } else {
        c->timer = pc_timer_start(c->bed->loop, 5, look, c);
    }
}

static void a_cancelled_build_leaves_nothing(void **state)
{
    struct bed *bed = *state;
    PC_AUTO(pc_auto_free)
    char *script = pc_strfmt(
        "case \"$*\" in *sum.c*) echo $$ >'%s/pid'; exec sleep 60;; esac", bed->dir);
    PC_AUTO(pc_auto_free) char *cc = counting_compiler(bed, script);
    find(bed, cc);
    struct outcome outcome = {0};
    struct pc_build_spec spec = bed_spec(bed, PC_PLAIN_PROGRAM, bed_good);
    struct canceller c = {.bed = bed};
    c.job = pc_build_start(bed->loop, bed->tc, &spec, bed_done, &outcome, NULL);
    c.timer = pc_timer_start(bed->loop, 1, look, &c);
    pc_loop_run(bed->loop);
    assert_false(outcome.ended);
    assert_int_equal(kill(c.pid, 0), -1);
    assert_int_equal(errno, ESRCH);
    assert_int_equal(cached(bed, "tmp."), 0);
    outcome_fini(&outcome);
}

static void cancelling_before_the_loop_runs_is_fine(void **state)
{
    struct bed *bed = *state;
    struct outcome outcome = {0};
    find(bed, NULL);
    struct pc_build_spec spec = bed_spec(bed, PC_SHARED_OBJECT, bed_good);
    pc_build_cancel(pc_build_start(bed->loop, bed->tc, &spec, bed_done, &outcome, NULL));
    pc_loop_run(bed->loop);
    assert_false(outcome.ended);
}

static void a_cache_that_cannot_be_written_is_named(void **state)
{
    struct bed *bed = *state;
    struct outcome outcome;
    find(bed, NULL);
    assert_true(pc_file_remove_tree(bed->cache, NULL));
    assert_true(pc_file_write_cache(bed->cache, "", 0, NULL));
    struct pc_build_spec spec = bed_spec(bed, PC_SHARED_OBJECT, bed_good);
    bed_build(bed, &spec, &outcome);
    assert_non_null(strstr(outcome.text.s, "code 7: "));
    assert_non_null(strstr(outcome.text.s, bed->cache));
    outcome_fini(&outcome);
    struct pc_err err = {0};
    assert_false(bed_find(bed, NULL, &err));
    assert_int_equal(err.code, PC_ENVIRONMENT);
}

static void a_full_disk_is_no_mistake_of_the_learner(void **state)
{
    struct bed *bed = *state;
    struct outcome outcome;
    struct rlimit old, small;
    find(bed, NULL);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = (struct rlimit){.rlim_cur = 10, .rlim_max = old.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    struct pc_build_spec spec = bed_spec(bed, PC_SHARED_OBJECT, bed_good);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bed_build(bed, &spec, &outcome);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_non_null(strstr(outcome.text.s, "code 7: cannot write"));
    assert_int_equal(cached(bed, "tmp."), 0);
    outcome_fini(&outcome);
}

static void odd_folders_are_no_problem(void **state)
{
    struct bed *bed = *state;
    struct outcome outcome;
    free(bed->cache);
    bed->cache = pc_path_join(bed->dir, "a b'c\"d=e\n$(f)/\xc3\xa9");
    find(bed, NULL);
    for (int sanitized = 0; sanitized < 2; sanitized++) {
        struct pc_build_spec spec =
            bed_spec(bed, sanitized ? PC_SANITIZED_TESTS : PC_PLAIN_PROGRAM, bed_good);
        bed_build(bed, &spec, &outcome);
        assert_non_null(outcome.path);
        assert_int_equal(access(outcome.path, X_OK), 0);
        outcome_fini(&outcome);
    }
}

static void products_do_not_tell_where_they_were_made(void **state)
{
    struct bed *bed = *state;
    size_t n[2];
    char *product[2];
    for (int i = 0; i < 2; i++) {
        struct outcome outcome;
        free(bed->cache);
        bed->cache = pc_path_join(bed->dir, i ? "here" : "and/there");
        find(bed, NULL);
        struct pc_build_spec spec = bed_spec(bed, PC_SHARED_OBJECT, bed_good);
        bed_build(bed, &spec, &outcome);
        product[i] = pc_file_read(outcome.path, 1 << 24, &n[i], NULL);
        outcome_fini(&outcome);
        assert_non_null(product[i]);
        assert_null(memmem(product[i], n[i], bed->dir, strlen(bed->dir)));
    }
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(product[0], product[1], n[0]);
    free(product[0]);
    free(product[1]);
}

static void the_longest_unused_files_go_first(void **state)
{
    static const struct {
        const char *name;
        int64_t age_s;
        bool stays;
    } rows[] = {
        {"fresh", 0, true},
        {"used-lately", 500, true},
        {"older", 700, false},
        {"oldest", 900, false},
        {"forgotten", 5000, false},
        {"tmp.running/x", 100, true},
        {"tmp.killed/x", 9000, false},
    };
    struct bed *bed = *state;
    char block[8192];
    memset(block, 'x', sizeof block - 1);
    block[sizeof block - 1] = '\0';
    time_t now = time(NULL);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *name = pc_path_join("cache", rows[i].name);
        PC_AUTO(pc_auto_free) char *path = bed_write(bed, name, block, false);
        PC_AUTO(pc_auto_free) char *dir = pc_path_dir(path);
        struct timespec times[2] = {{.tv_sec = now}, {.tv_sec = now - rows[i].age_s}};
        assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
        if (strchr(rows[i].name, '/'))
            assert_int_equal(utimensat(AT_FDCWD, dir, times, 0), 0);
    }
    /* Room for two and a half files of those that are left after the forgotten one. */
    struct pc_cache_bounds bounds = {.bytes = 20000, .unused_s = 4000, .safe_s = 600};
    pc_cache_prune(bed->cache, &bounds);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *path = pc_path_join(bed->cache, rows[i].name);
        assert_int_equal(pc_file_exists(path), rows[i].stays);
    }
    pc_cache_prune("/nonexistent", &bounds);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        BED_TEST(what_is_cached_needs_no_compiler),
        BED_TEST(only_what_changed_is_compiled),
        BED_TEST(a_change_while_building_does_not_mix),
        BED_TEST(damaged_files_are_made_again),
        BED_TEST(builds_side_by_side_share_the_cache),
        BED_TEST(a_cancelled_build_leaves_nothing),
        BED_TEST(cancelling_before_the_loop_runs_is_fine),
        BED_TEST(a_cache_that_cannot_be_written_is_named),
        BED_TEST(a_full_disk_is_no_mistake_of_the_learner),
        BED_TEST(odd_folders_are_no_problem),
        BED_TEST(products_do_not_tell_where_they_were_made),
        BED_TEST(the_longest_unused_files_go_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
