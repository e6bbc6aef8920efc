/*
 * Allocations that a program counts of itself, read back from the file.
 *
 * Every one is counted, so the numbers are asserted as they are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <malloc.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "perfprof/allocations.h"
#include "perfprof/perfprof.h"
#include "perfprof_bed.h"
#include "profile/pprof.h"

enum { OBJECTS, BYTES, LIVE_OBJECTS, LIVE_BYTES };

static void *kept[64];
static size_t n_kept;

/* What an optimizer knows nothing of is not left out. */
static void *seen(void *p)
{
    __asm__ volatile("" : "+r"(p) : : "memory");
    return p;
}

static void keep(void *p)
{
    kept[n_kept++] = seen(p);
}

static void drop_all(void)
{
    while (n_kept > 0)
        free(kept[--n_kept]);
}

static void begin(void)
{
    if (!bench_heap_profile_start(bed_file()))
        fail_msg("%s", bench_profile_error());
}

static void end(struct pc_profile *profile)
{
    struct pc_err err;
    if (!bench_heap_profile_stop())
        fail_msg("%s", bench_profile_error());
    if (!pc_pprof_read(bed_file(), profile, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(profile->kind, PC_PROFILE_ALLOC);
    assert_int_equal(profile->n_types, 4);
    assert_string_equal(profile->types[profile->main].name, "inuse_space");
}

/* The sum of a value, by its name, over the stacks that go through a function. */
static int64_t sum(const struct pc_profile *profile, int value, const char *function)
{
    static const char *const names[] = {"alloc_objects", "alloc_space", "inuse_objects",
                                        "inuse_space"};
    size_t type = 0;
    while (strcmp(profile->types[type].name, names[value]) != 0)
        type++;
    int64_t total = 0;
    for (size_t i = 0; i < profile->samples.n; i++)
        if (bed_passes(profile, &profile->samples.items[i], function))
            total += profile->samples.items[i].values[type];
    return total;
}

#define SITE __attribute__((noinline)) static void

SITE come_and_go(void)
{
    for (int i = 0; i < 1000; i++)
        free(seen(malloc(100)));
}

SITE leak(void)
{
    for (int i = 0; i < 10; i++) {
        void *p = seen(calloc(8, 8));
        if (i % 4 == 0)
            keep(p);
        else
            free(p);
    }
}

SITE grow(void)
{
    void *p = NULL;
    for (size_t n = 16; n <= 2048; n *= 2)
        p = seen(realloc(p, n));
    keep(p);
}

SITE shrink_to_nothing(void)
{
    void *p = seen(malloc(100));
    p = seen(realloc(p, 10));
    assert_null(realloc(p, 0));
}

SITE fail_to_grow(void)
{
    volatile size_t much = PTRDIFF_MAX;
    void *p = seen(malloc(50));
    void *larger = seen(realloc(p, much));
    keep(larger ? larger : p);
    assert_null(seen(reallocarray(NULL, much, 3)));
    assert_null(seen(malloc(much)));
}

SITE copy_by_libc(void)
{
    for (int i = 0; i < 5; i++)
        keep(strdup("hello world"));
}

SITE align(void)
{
    void *p = NULL;
    keep(aligned_alloc(64, 256));
    keep(memalign(64, 256));
    assert_int_equal(posix_memalign(&p, 64, 256), 0);
    assert_int_equal(posix_memalign(&p, 3, 256), 22);
    assert_int_equal((uintptr_t)p % 64, 0);
    keep(p);
    keep(valloc(256));
    free(seen(reallocarray(NULL, 16, 16)));
    free(NULL);
}

SITE nothing_at_all(void)
{
    free(seen(malloc(0)));
}

/* The blocks of another function. */
SITE free_what_others_have(void)
{
    drop_all();
}

static void each_site_has_its_counts(void **state)
{
    (void)state;
    static const struct {
        void (*body)(void);
        const char *name;
        int64_t objects, bytes, live_objects, live_bytes;
    } rows[] = {
        {come_and_go, "come_and_go", 1000, 100000, 0, 0},
        {leak, "leak", 10, 640, 3, 192},
        {grow, "grow", 8, 4080, 1, 2048},
        {shrink_to_nothing, "shrink_to_nothing", 2, 110, 0, 0},
        {fail_to_grow, "fail_to_grow", 1, 50, 1, 50},
        {copy_by_libc, "copy_by_libc", 5, 60, 5, 60},
        {align, "align", 5, 1280, 4, 1024},
        {nothing_at_all, "nothing_at_all", 1, 0, 0, 0},
    };
    begin();
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        rows[i].body();
    struct pc_profile profile;
    end(&profile);
    drop_all();
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const int64_t expected[] = {rows[i].objects, rows[i].bytes, rows[i].live_objects,
                                    rows[i].live_bytes};
        for (int k = OBJECTS; k <= LIVE_BYTES; k++) {
            int64_t found = sum(&profile, k, rows[i].name);
            if (found != expected[k])
                fail_msg("%s: %s is %ld, not %ld", rows[i].name, profile.types[k].name,
                         (long)found, (long)expected[k]);
        }
    }
    assert_int_equal(sum(&profile, OBJECTS, "main"), 1032);
    assert_int_equal(pc_profile_total(&profile, 0), 1032);
    assert_int_equal(profile.lost, 0);
    assert_int_equal(profile.broken, 0);
    pc_profile_fini(&profile);
}

static void blocks_of_before_count_when_they_are_resized(void **state)
{
    (void)state;
    void *p = seen(malloc(10));
    grow();
    begin();
    free_what_others_have();
    free(seen(realloc(p, 77)));
    struct pc_profile profile;
    end(&profile);
    assert_int_equal(pc_profile_total(&profile, OBJECTS), 1);
    assert_int_equal(sum(&profile, BYTES, "main"), 77);
    assert_int_equal(sum(&profile, LIVE_BYTES, "main"), 0);
    pc_profile_fini(&profile);
}

enum { CROWD = 8, ROUNDS = 2000 };

/* Each frees what its neighbour allocates. */
static void *exchange(void *arg)
{
    void **slot = arg;
    for (int i = 0; i < ROUNDS; i++)
        free(__atomic_exchange_n(&slot[i % CROWD], seen(malloc(32)), __ATOMIC_ACQ_REL));
    return NULL;
}

static void threads_are_counted_to_the_last_block(void **state)
{
    (void)state;
    pthread_t threads[CROWD];
    void *slots[CROWD] = {0};
    begin();
    for (int i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, exchange, slots), 0);
    for (int i = 0; i < CROWD; i++)
        pthread_join(threads[i], NULL);
    struct pc_profile profile;
    end(&profile);
    for (int i = 0; i < CROWD; i++)
        free(slots[i]);
    assert_int_equal(pc_profile_total(&profile, OBJECTS), CROWD * ROUNDS);
    assert_int_equal(sum(&profile, OBJECTS, "exchange"), CROWD * ROUNDS);
    assert_int_equal(sum(&profile, LIVE_OBJECTS, "exchange"), CROWD);
    pc_profile_fini(&profile);
}

static void what_the_profiler_needs_is_not_counted(void **state)
{
    (void)state;
    char *path = bed_path("cpu.pb.gz");
    begin();
    assert_true(bench_pprof_serve(0) > 0);
    assert_true(bench_profile_start(path));
    assert_true(bench_profile_label("a", "b"));
    assert_true(bench_profile_label("a", NULL));
    bed_work(20);
    assert_true(bench_profile_stop());
    assert_true(bench_heap_profile_write(path));
    bench_pprof_stop();
    struct pc_profile profile;
    end(&profile);
    free(path);
    assert_int_equal(pc_profile_total(&profile, OBJECTS), 0);
    pc_profile_fini(&profile);
}

static void a_file_can_be_written_meanwhile(void **state)
{
    (void)state;
    struct pc_profile profile;
    struct pc_err err;
    char *path = bed_path("meanwhile.pb.gz");
    assert_true(bench_heap_profile_start(NULL));
    leak();
    assert_true(bench_heap_profile_write(path));
    assert_true(pc_pprof_read(path, &profile, &err));
    assert_int_equal(sum(&profile, LIVE_BYTES, "leak"), 192);
    pc_profile_fini(&profile);
    drop_all();
    assert_true(bench_heap_profile_write(path));
    assert_true(pc_pprof_read(path, &profile, &err));
    assert_int_equal(sum(&profile, LIVE_BYTES, "leak"), 0);
    assert_int_equal(sum(&profile, BYTES, "leak"), 640);
    pc_profile_fini(&profile);
    assert_true(bench_heap_profile_stop());
    free(path);
}

/* As a request of the server, whose seconds begin and end while the program's own goes on. */
static void two_who_ask_see_what_is_theirs(void **state)
{
    (void)state;
    struct pc_profile profile;
    struct pc_err err;
    begin();
    leak();
    assert_true(pc_allocations_begin(PC_ALLOCATIONS_REQUEST, NULL, &err));
    assert_false(pc_allocations_begin(PC_ALLOCATIONS_REQUEST, NULL, &err));
    assert_int_equal(err.code, PC_USAGE);
    drop_all();
    grow();
    assert_true(pc_allocations_read(PC_ALLOCATIONS_REQUEST, false, &profile, &err));
    assert_string_equal(profile.types[profile.main].name, "alloc_space");
    assert_int_equal(sum(&profile, OBJECTS, "leak"), 0);
    assert_int_equal(sum(&profile, LIVE_OBJECTS, "leak"), 0);
    assert_int_equal(sum(&profile, OBJECTS, "grow"), 8);
    assert_int_equal(sum(&profile, LIVE_OBJECTS, "grow"), 1);
    pc_profile_fini(&profile);
    assert_true(pc_allocations_end(PC_ALLOCATIONS_REQUEST, NULL, &err));
    assert_false(pc_allocations_end(PC_ALLOCATIONS_REQUEST, NULL, &err));
    end(&profile);
    drop_all();
    assert_int_equal(sum(&profile, OBJECTS, "leak"), 10);
    assert_int_equal(sum(&profile, LIVE_OBJECTS, "leak"), 0);
    assert_int_equal(sum(&profile, LIVE_OBJECTS, "grow"), 1);
    pc_profile_fini(&profile);
}

/* Each of 2^14 stacks has one block. */
__attribute__((noinline)) static void fork_left(int depth);
__attribute__((noinline)) static void fork_right(int depth)
{
    if (depth == 0)
        free(seen(malloc(8)));
    else
        fork_left(depth - 1);
    if (depth > 0)
        fork_right(depth - 1);
    __asm__ volatile(""); /* that call is not in tail position */
}
static void fork_left(int depth)
{
    if (depth == 0)
        free(seen(malloc(8)));
    else
        fork_left(depth - 1);
    if (depth > 0)
        fork_right(depth - 1);
    __asm__ volatile("");
}

static void more_stacks_than_there_is_room_for_are_shortened_not_lost(void **state)
{
    (void)state;
    struct pc_profile profile;
    begin();
    fork_left(14);
    end(&profile);
    assert_int_equal(pc_profile_total(&profile, OBJECTS), 1 << 14);
    assert_int_equal(profile.lost, 0);
    assert_int_equal(sum(&profile, OBJECTS, "fork_left") +
                             sum(&profile, OBJECTS, "fork_right") >=
                         1 << 14,
                     1);
    pc_profile_fini(&profile);
}

static void in_the_child(void)
{
    assert_false(bench_heap_profile_stop());
    assert_string_equal(bench_profile_error(),
                        "allocations are not recorded in this process");
    char *path = bed_path("child.pb.gz");
    assert_true(bench_heap_profile_start(path));
    come_and_go();
    assert_true(bench_heap_profile_stop());
    struct pc_profile profile;
    struct pc_err err;
    assert_true(pc_pprof_read(path, &profile, &err));
    assert_int_equal(pc_profile_total(&profile, OBJECTS), 1000);
    pc_profile_fini(&profile);
    free(path);
}

static void *allocate_on(void *arg)
{
    const bool *is_over = arg;
    while (!__atomic_load_n(is_over, __ATOMIC_RELAXED))
        free(seen(malloc(16)));
    return NULL;
}

/* Children that were forked while other threads have the lock. */
static void a_child_has_nothing_and_begins_its_own(void **state)
{
    (void)state;
    enum { CHILDREN = 40 };
    pthread_t threads[2];
    bool is_over = false;
    begin();
    for (size_t i = 0; i < PC_COUNT(threads); i++)
        pthread_create(&threads[i], NULL, allocate_on, &is_over);
    for (int i = 0; i < CHILDREN; i++) {
        pid_t child = fork();
        if (child == 0) {
            free(seen(malloc(32)));
            _exit(0);
        }
        int status = -1;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
    }
    bed_apart(in_the_child);
    __atomic_store_n(&is_over, true, __ATOMIC_RELAXED);
    for (size_t i = 0; i < PC_COUNT(threads); i++)
        pthread_join(threads[i], NULL);
    struct pc_profile profile;
    end(&profile);
    assert_int_equal(sum(&profile, OBJECTS, "in_the_child"), 0);
    assert_int_equal(sum(&profile, LIVE_OBJECTS, "allocate_on"), 0);
    assert_true(sum(&profile, OBJECTS, "allocate_on") > 0);
    pc_profile_fini(&profile);
}

static void mistakes_are_told(void **state)
{
    (void)state;
    char *missing = bed_path("nowhere/heap.pb.gz");
    const struct {
        const char *file, *says;
    } rows[] = {
        {"", "needs the name of a file"},
        {missing, "nowhere/heap.pb.gz: No such file"},
        {"/tmp", "is no file"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        assert_false(bench_heap_profile_start(rows[i].file));
        if (!strstr(bench_profile_error(), rows[i].says))
            fail_msg("%s", bench_profile_error());
        assert_false(bench_heap_profile_write(rows[i].file));
    }
    assert_false(bench_heap_profile_stop());
    assert_false(bench_heap_profile_write(bed_file()));
    assert_non_null(strstr(bench_profile_error(), "not recorded"));
    assert_false(bench_heap_profile_write(NULL));
    begin();
    assert_false(bench_heap_profile_start(NULL));
    assert_string_equal(bench_profile_error(), "allocations are being recorded already");
    assert_false(bench_heap_profile_write(missing));
    assert_true(bench_heap_profile_stop());
    free(missing);
}

int main(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    /* The rest is for builds without. */
    if (bench_heap_profile_start(NULL) ||
        !strstr(bench_profile_error(), "a sanitizer watches the allocations"))
        return 1;
    puts("a sanitizer has this program's malloc");
    return 77;
#endif
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_site_has_its_counts),
        cmocka_unit_test(blocks_of_before_count_when_they_are_resized),
        cmocka_unit_test(threads_are_counted_to_the_last_block),
        cmocka_unit_test(what_the_profiler_needs_is_not_counted),
        cmocka_unit_test(a_file_can_be_written_meanwhile),
        cmocka_unit_test(two_who_ask_see_what_is_theirs),
        cmocka_unit_test(more_stacks_than_there_is_room_for_are_shortened_not_lost),
        cmocka_unit_test(a_child_has_nothing_and_begins_its_own),
        cmocka_unit_test(mistakes_are_told),
    };
    return cmocka_run_group_tests(tests, bed_set_up, bed_tear_down);
}
