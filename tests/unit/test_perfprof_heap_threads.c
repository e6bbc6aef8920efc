/*
 * Allocations of threads and children, and those of the profiler itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "heap_bed.h"
#include "perfprof/allocations.h"
#include "perfprof/perfprof.h"
#include "perfprof_bed.h"
#include "profile/pprof.h"

enum { CROWD = 8, ROUNDS = 2000 };

/* Each frees what its neighbour allocates. */
static void *exchange(void *arg)
{
    void **slot = arg;
    for (int i = 0; i < ROUNDS; i++)
        free(
            __atomic_exchange_n(&slot[i % CROWD], heap_seen(malloc(32)), __ATOMIC_ACQ_REL));
    return NULL;
}

static void threads_are_counted_to_the_last_block(void **state)
{
    (void)state;
    pthread_t threads[CROWD];
    void *slots[CROWD] = {0};
    heap_begin();
    for (int i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, exchange, slots), 0);
    for (int i = 0; i < CROWD; i++)
        pthread_join(threads[i], NULL);
    struct pc_profile profile;
    heap_end(&profile);
    for (int i = 0; i < CROWD; i++)
        free(slots[i]);
    assert_int_equal(pc_profile_total(&profile, HEAP_OBJECTS), CROWD * ROUNDS);
    assert_int_equal(heap_sum(&profile, HEAP_OBJECTS, "exchange"), CROWD * ROUNDS);
    assert_int_equal(heap_sum(&profile, HEAP_LIVE_OBJECTS, "exchange"), CROWD);
    pc_profile_fini(&profile);
}

static void what_the_profiler_needs_is_not_counted(void **state)
{
    (void)state;
    char *path = bed_path("cpu.pb.gz");
    heap_begin();
    assert_true(bench_pprof_serve(0) > 0);
    assert_true(bench_profile_start(path));
    assert_true(bench_profile_label("a", "b"));
    assert_true(bench_profile_label("a", NULL));
    bed_work(20);
    assert_true(bench_profile_stop());
    assert_true(bench_heap_profile_write(path));
    bench_pprof_stop();
    struct pc_profile profile;
    heap_end(&profile);
    free(path);
    assert_int_equal(pc_profile_total(&profile, HEAP_OBJECTS), 0);
    pc_profile_fini(&profile);
}

/* As a request of the server, whose seconds begin and end while the program's own goes on. */
static void two_who_ask_see_what_is_theirs(void **state)
{
    (void)state;
    struct pc_profile profile;
    struct pc_err err;
    heap_begin();
    heap_leak();
    assert_true(pc_allocations_begin(PC_ALLOCATIONS_REQUEST, NULL, &err));
    assert_false(pc_allocations_begin(PC_ALLOCATIONS_REQUEST, NULL, &err));
    assert_int_equal(err.code, PC_USAGE);
    heap_drop();
    heap_grow();
    assert_true(pc_allocations_read(PC_ALLOCATIONS_REQUEST, false, &profile, &err));
    assert_string_equal(profile.types[profile.main].name, "alloc_space");
    assert_int_equal(heap_sum(&profile, HEAP_OBJECTS, "heap_leak"), 0);
    assert_int_equal(heap_sum(&profile, HEAP_LIVE_OBJECTS, "heap_leak"), 0);
    assert_int_equal(heap_sum(&profile, HEAP_OBJECTS, "heap_grow"), 8);
    assert_int_equal(heap_sum(&profile, HEAP_LIVE_OBJECTS, "heap_grow"), 1);
    pc_profile_fini(&profile);
    assert_true(pc_allocations_end(PC_ALLOCATIONS_REQUEST, NULL, &err));
    assert_false(pc_allocations_end(PC_ALLOCATIONS_REQUEST, NULL, &err));
    heap_end(&profile);
    heap_drop();
    assert_int_equal(heap_sum(&profile, HEAP_OBJECTS, "heap_leak"), 10);
    assert_int_equal(heap_sum(&profile, HEAP_LIVE_OBJECTS, "heap_leak"), 0);
    assert_int_equal(heap_sum(&profile, HEAP_LIVE_OBJECTS, "heap_grow"), 1);
    pc_profile_fini(&profile);
}

static void in_the_child(void)
{
    assert_false(bench_heap_profile_stop());
    assert_string_equal(bench_profile_error(),
                        "allocations are not recorded in this process");
    char *path = bed_path("child.pb.gz");
    assert_true(bench_heap_profile_start(path));
    heap_come_and_go();
    assert_true(bench_heap_profile_stop());
    struct pc_profile profile;
    struct pc_err err;
    assert_true(pc_pprof_read(path, &profile, &err));
    assert_int_equal(pc_profile_total(&profile, HEAP_OBJECTS), 1000);
    pc_profile_fini(&profile);
    free(path);
}

static void *allocate_on(void *arg)
{
    const bool *is_over = arg;
    while (!__atomic_load_n(is_over, __ATOMIC_RELAXED))
        free(heap_seen(malloc(16)));
    return NULL;
}

/* Children that were forked while other threads have the lock. */
static void a_child_has_nothing_and_begins_its_own(void **state)
{
    (void)state;
    enum { CHILDREN = 40 };
    pthread_t threads[2];
    bool is_over = false;
    heap_begin();
    for (size_t i = 0; i < PC_COUNT(threads); i++)
        pthread_create(&threads[i], NULL, allocate_on, &is_over);
    for (int i = 0; i < CHILDREN; i++) {
        pid_t child = fork();
        if (child == 0) {
            free(heap_seen(malloc(32)));
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
    heap_end(&profile);
    assert_int_equal(heap_sum(&profile, HEAP_OBJECTS, "in_the_child"), 0);
    assert_int_equal(heap_sum(&profile, HEAP_LIVE_OBJECTS, "allocate_on"), 0);
    assert_true(heap_sum(&profile, HEAP_OBJECTS, "allocate_on") > 0);
    pc_profile_fini(&profile);
}

int main(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return heap_refusal();
#endif
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_are_counted_to_the_last_block),
        cmocka_unit_test(what_the_profiler_needs_is_not_counted),
        cmocka_unit_test(two_who_ask_see_what_is_theirs),
        cmocka_unit_test(a_child_has_nothing_and_begins_its_own),
    };
    return cmocka_run_group_tests(tests, bed_set_up, bed_tear_down);
}
