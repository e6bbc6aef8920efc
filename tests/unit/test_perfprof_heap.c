/*
 * Allocations that a program counts of itself, read back from the file.
 *
 * Every one is counted, so the numbers are asserted as they are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <malloc.h>

#include "base/mem.h"
#include "heap_bed.h"
#include "perfprof/perfprof.h"
#include "perfprof_bed.h"
#include "profile/pprof.h"

#define SITE __attribute__((noinline)) static void

SITE shrink_to_nothing(void)
{
    void *p = heap_seen(malloc(100));
    p = heap_seen(realloc(p, 10));
    assert_null(realloc(p, 0));
}

SITE fail_to_grow(void)
{
    volatile size_t much = PTRDIFF_MAX;
    void *p = heap_seen(malloc(50));
    void *larger = heap_seen(realloc(p, much));
    heap_keep(larger ? larger : p);
    assert_null(heap_seen(reallocarray(NULL, much, 3)));
    assert_null(heap_seen(malloc(much)));
}

SITE copy_by_libc(void)
{
    for (int i = 0; i < 5; i++)
        heap_keep(strdup("hello world"));
}

SITE align(void)
{
    void *p = NULL;
    heap_keep(aligned_alloc(64, 256));
    heap_keep(memalign(64, 256));
    assert_int_equal(posix_memalign(&p, 64, 256), 0);
    assert_int_equal(posix_memalign(&p, 3, 256), 22);
    assert_int_equal((uintptr_t)p % 64, 0);
    heap_keep(p);
    heap_keep(valloc(256));
    free(heap_seen(reallocarray(NULL, 16, 16)));
    free(NULL);
}

SITE nothing_at_all(void)
{
    free(heap_seen(malloc(0)));
}

/* The blocks of another function. */
SITE free_what_others_have(void)
{
    heap_drop();
}

static void each_site_has_its_counts(void **state)
{
    (void)state;
    static const struct {
        void (*body)(void);
        const char *name;
        int64_t objects, bytes, live_objects, live_bytes;
    } rows[] = {
        {heap_come_and_go, "heap_come_and_go", 1000, 100000, 0, 0},
        {heap_leak, "heap_leak", 10, 640, 3, 192},
        {heap_grow, "heap_grow", 8, 4080, 1, 2048},
        {shrink_to_nothing, "shrink_to_nothing", 2, 110, 0, 0},
        {fail_to_grow, "fail_to_grow", 1, 50, 1, 50},
        {copy_by_libc, "copy_by_libc", 5, 60, 5, 60},
        {align, "align", 5, 1280, 4, 1024},
        {nothing_at_all, "nothing_at_all", 1, 0, 0, 0},
    };
    heap_begin();
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        rows[i].body();
    struct pc_profile profile;
    heap_end(&profile);
    heap_drop();
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const int64_t expected[] = {rows[i].objects, rows[i].bytes, rows[i].live_objects,
                                    rows[i].live_bytes};
        for (int k = HEAP_OBJECTS; k <= HEAP_LIVE_BYTES; k++) {
            int64_t found = heap_sum(&profile, k, rows[i].name);
            if (found != expected[k])
                fail_msg("%s: %s is %ld, not %ld", rows[i].name, profile.types[k].name,
                         (long)found, (long)expected[k]);
        }
    }
    assert_int_equal(heap_sum(&profile, HEAP_OBJECTS, "main"), 1032);
    assert_int_equal(pc_profile_total(&profile, 0), 1032);
    assert_int_equal(profile.lost, 0);
    assert_int_equal(profile.broken, 0);
    pc_profile_fini(&profile);
}

static void blocks_of_before_count_when_they_are_resized(void **state)
{
    (void)state;
    void *p = heap_seen(malloc(10));
    heap_grow();
    heap_begin();
    free_what_others_have();
    free(heap_seen(realloc(p, 77)));
    struct pc_profile profile;
    heap_end(&profile);
    assert_int_equal(pc_profile_total(&profile, HEAP_OBJECTS), 1);
    assert_int_equal(heap_sum(&profile, HEAP_BYTES, "main"), 77);
    assert_int_equal(heap_sum(&profile, HEAP_LIVE_BYTES, "main"), 0);
    pc_profile_fini(&profile);
}

static void a_file_can_be_written_meanwhile(void **state)
{
    (void)state;
    struct pc_profile profile;
    struct pc_err err;
    char *path = bed_path("meanwhile.pb.gz");
    assert_true(bench_heap_profile_start(NULL));
    heap_leak();
    assert_true(bench_heap_profile_write(path));
    assert_true(pc_pprof_read(path, &profile, &err));
    assert_int_equal(heap_sum(&profile, HEAP_LIVE_BYTES, "heap_leak"), 192);
    pc_profile_fini(&profile);
    heap_drop();
    assert_true(bench_heap_profile_write(path));
    assert_true(pc_pprof_read(path, &profile, &err));
    assert_int_equal(heap_sum(&profile, HEAP_LIVE_BYTES, "heap_leak"), 0);
    assert_int_equal(heap_sum(&profile, HEAP_BYTES, "heap_leak"), 640);
    pc_profile_fini(&profile);
    assert_true(bench_heap_profile_stop());
    free(path);
}

/* Each of 2^14 stacks has one block. */
__attribute__((noinline)) static void fork_left(int depth);
__attribute__((noinline)) static void fork_right(int depth)
{
    if (depth == 0)
        free(heap_seen(malloc(8)));
    else
        fork_left(depth - 1);
    if (depth > 0)
        fork_right(depth - 1);
    __asm__ volatile(""); /* that call is not in tail position */
}
static void fork_left(int depth)
{
    if (depth == 0)
        free(heap_seen(malloc(8)));
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
    heap_begin();
    fork_left(14);
    heap_end(&profile);
    assert_int_equal(pc_profile_total(&profile, HEAP_OBJECTS), 1 << 14);
    assert_int_equal(profile.lost, 0);
    assert_int_equal(heap_sum(&profile, HEAP_OBJECTS, "fork_left") +
                             heap_sum(&profile, HEAP_OBJECTS, "fork_right") >=
                         1 << 14,
                     1);
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
    heap_begin();
    assert_false(bench_heap_profile_start(NULL));
    assert_string_equal(bench_profile_error(), "allocations are being recorded already");
    assert_false(bench_heap_profile_write(missing));
    assert_true(bench_heap_profile_stop());
    free(missing);
}

int main(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return heap_refusal();
#endif
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_site_has_its_counts),
        cmocka_unit_test(blocks_of_before_count_when_they_are_resized),
        cmocka_unit_test(a_file_can_be_written_meanwhile),
        cmocka_unit_test(more_stacks_than_there_is_room_for_are_shortened_not_lost),
        cmocka_unit_test(mistakes_are_told),
    };
    return cmocka_run_group_tests(tests, bed_set_up, bed_tear_down);
}
