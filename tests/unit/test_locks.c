/*
 * The tables of locks and waits (src/sampling), written by this process itself: what fits, what does
 * not, and when nothing is counted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>

#include "base/mem.h"
#include "sampling/locks.h"
#include "wire/locks.h"

static struct pc_recorded_locks *table;
static uint64_t next_chain; /* 0: all waits are of one chain */

static size_t made_up(struct pc_lock_call call, uint64_t *addresses, size_t max)
{
    assert_true(max == PC_LOCKS_DEPTH);
    addresses[0] = (uintptr_t)call.caller;
    addresses[1] = next_chain ? next_chain++ : 1;
    return 2;
}

static int open_tables(void **state)
{
    (void)state;
    const struct pc_locks_spec spec = {.chain = made_up};
    table = mmap(NULL, sizeof *table, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                 -1, 0);
    if (table == MAP_FAILED || pc_locks_open(table, sizeof *table - 1, &spec))
        return -1;
    return pc_locks_open(table, sizeof *table, &spec) ? 0 : -1;
}

static uint64_t sum_of_waits(void)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < PC_LOCKS_PLACES; i++)
        sum += table->waits[i].waits;
    for (size_t i = 0; i < PC_LOCK_KINDS; i++)
        sum += table->rest[i].waits;
    return sum;
}

static uint64_t sum_of_calls(void)
{
    uint64_t sum = 0;
    for (size_t k = 0; k < PC_LOCKS_THREADS; k++) {
        for (size_t i = 0; i < PC_LOCKS_CALLS; i++)
            sum += table->lockers[k].calls[i].calls;
        sum += table->lockers[k].more;
    }
    return sum;
}

/* A wait that is over at once, because its time was over long ago. */
static __attribute__((noinline)) void wait_in_vain(sem_t *sem)
{
    assert_int_equal(sem_timedwait(sem, &(struct timespec){.tv_sec = 1}), -1);
}

static void nothing_counts_but_what_is_watched(void **state)
{
    (void)state;
    sem_t sem;
    sem_init(&sem, 0, 0);
    wait_in_vain(&sem);
    assert_int_equal(sum_of_waits() + sum_of_calls(), 0);
    pc_locks_go();
    wait_in_vain(&sem);
    wait_in_vain(&sem);
    pc_locks_pause();
    wait_in_vain(&sem);
    assert_int_equal(sum_of_waits(), 2);
    assert_int_equal(sum_of_calls(), 2);
    assert_int_equal(table->used, 1); /* one line */
    assert_true(table->stopped > 0);
    sem_destroy(&sem);
}

static void *nothing(void *arg)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    return arg;
}

static void threads_that_end_leave_their_place(void **state)
{
    (void)state;
    enum { THREADS = 1500 };
    uint32_t began = table->threads;
    uint64_t called = sum_of_calls();
    pc_locks_go();
    for (int k = 0; k < THREADS; k++) {
        pthread_t thread;
        assert_int_equal(pthread_create(&thread, NULL, nothing, NULL), 0);
        pthread_join(thread, NULL);
    }
    pc_locks_pause();
    assert_int_equal(table->threads - began, THREADS);
    assert_true(table->n_lockers <= 3);
    assert_int_equal(table->unwatched, 0);
    assert_int_equal(sum_of_calls() - called, THREADS);
}

static void more_locks_than_places_are_locks_all_the_same(void **state)
{
    (void)state;
    enum { LOCKS = PC_LOCKS_LOCKS + 5000 };
    pthread_mutex_t *locks = pc_alloc(LOCKS * sizeof *locks);
    uint64_t called = sum_of_calls();
    pc_locks_go();
    for (int k = 0; k < LOCKS; k++)
        assert_int_equal(pthread_mutex_lock(&locks[k]), 0);
    for (int k = 0; k < LOCKS; k++)
        assert_int_equal(pthread_mutex_unlock(&locks[k]), 0);
    pc_locks_pause();
    assert_int_equal(sum_of_calls() - called, LOCKS);
    assert_true(table->crowded > 0);
    for (size_t k = 0; k < PC_LOCKS_LOCKS; k++)
        assert_int_equal(table->locks[k].last.thread, 0);
    free(locks);
}

static void more_waits_than_places_are_counted_all_the_same(void **state)
{
    (void)state;
    enum { WAITS = 2 * PC_LOCKS_PLACES };
    uint64_t before = sum_of_waits();
    sem_t sem;
    sem_init(&sem, 0, 0);
    next_chain = 1000;
    pc_locks_go();
    for (int k = 0; k < WAITS; k++)
        wait_in_vain(&sem);
    pc_locks_pause();
    next_chain = 0;
    assert_int_equal(sum_of_waits() - before, WAITS);
    assert_true(table->used <= PC_LOCKS_PLACES);
    uint64_t cut = 0;
    for (size_t i = 0; i < PC_LOCKS_PLACES; i++)
        cut += table->waits[i].is_cut ? table->waits[i].waits : 0;
    assert_true(cut > 0 && cut < WAITS);
    /* Of those that came late the line is known, their callers are not. */
    assert_int_equal(table->rest[PC_LOCK_SEMAPHORE].waits, 0);
    sem_destroy(&sem);
}

/* What a lock is told by stays true when it is another one at the same address. */
static void a_lock_that_is_made_anew_is_free(void **state)
{
    (void)state;
    pthread_mutex_t lock;
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    for (int round = 0; round < 3; round++) {
        memset(&lock, 0, sizeof lock);
        pthread_mutex_init(&lock, round % 2 ? NULL : &attr);
        assert_int_equal(pthread_mutex_lock(&lock), 0);
        const struct pc_recorded_lock *place = NULL;
        for (size_t k = 0; k < PC_LOCKS_LOCKS; k++)
            if (table->locks[k].address == (uintptr_t)&lock)
                place = &table->locks[k];
        assert_non_null(place);
        assert_int_not_equal(place->last.thread, 0);
        assert_int_equal(place->deeper, 0);
        /* It is not given back: the next round begins as if it were. */
    }
    pthread_mutex_unlock(&lock);
    pthread_mutexattr_destroy(&attr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_counts_but_what_is_watched),
        cmocka_unit_test(threads_that_end_leave_their_place),
        cmocka_unit_test(a_lock_that_is_made_anew_is_free),
        cmocka_unit_test(more_waits_than_places_are_counted_all_the_same),
        cmocka_unit_test(more_locks_than_places_are_locks_all_the_same),
    };
    return cmocka_run_group_tests(tests, open_tables, NULL);
}
