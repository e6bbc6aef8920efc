/*
 * Waiting for locks that a program counts of itself, read back.
 *
 * Whether a thread had to wait is up to the system, so each is asked to until it had.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "perfprof/perfprof.h"
#include "perfprof/waits.h"
#include "perfprof_bed.h"
#include "profile/pprof.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

/* The value called `type` of the waits of a function, of those for a lock that `holder` had. */
static int64_t sum(const struct pc_profile *profile, const char *type, const char *function,
                   const char *holder)
{
    size_t t = 0;
    int64_t total = 0;
    while (strcmp(profile->types[t].name, type) != 0)
        t++;
    for (size_t i = 0; i < profile->samples.n; i++) {
        const struct pc_profile_sample *sample = &profile->samples.items[i];
        bool is_his = false;
        for (size_t k = 0; k < sample->n_labels; k++) {
            const struct pc_label *label = &profile->labels.items[sample->labels[k]];
            is_his |= strcmp(label->key, PC_LABEL_HOLDER) == 0 &&
                      strstr(label->value, holder) == label->value;
        }
        if (is_his && bed_passes(profile, sample, function))
            total += sample->values[t];
    }
    return total;
}

__attribute__((noinline)) static void wait_for_it(void)
{
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
}

static void *waiter(void *arg)
{
    __atomic_store_n((bool *)arg, true, __ATOMIC_RELEASE);
    wait_for_it();
    __asm__ volatile(""); /* that call is not in tail position */
    return NULL;
}

/* Another thread waits for what this one has, unless it comes too late. */
__attribute__((noinline)) static void hold_it(void)
{
    pthread_t thread;
    bool is_there = false;
    pthread_mutex_lock(&mutex);
    pthread_create(&thread, NULL, waiter, &is_there);
    while (!__atomic_load_n(&is_there, __ATOMIC_ACQUIRE))
        usleep(1000);
    usleep(20000);
    pthread_mutex_unlock(&mutex);
    pthread_join(thread, NULL);
}

enum { ROUNDS = 200 };

static void who_waits_and_who_holds_are_told(void **state)
{
    (void)state;
    struct pc_profile profile;
    struct pc_err err;
    int64_t waits = 0;
    for (int i = 0; i < ROUNDS && waits == 0; i++) {
        assert_true(bench_mutex_profile_start(bed_file()));
        hold_it();
        assert_true(bench_mutex_profile_stop());
        assert_true(pc_pprof_read(bed_file(), &profile, &err));
        assert_int_equal(profile.kind, PC_PROFILE_LOCK);
        assert_string_equal(profile.types[profile.main].name, "delay");
        waits = sum(&profile, "contentions", "wait_for_it", "hold_it");
        assert_true(waits == 0 || sum(&profile, "delay", "waiter", "hold_it") > 0);
        pc_profile_fini(&profile);
    }
    assert_int_equal(waits, 1);
}

/* As a request of the server, while the program's own goes on; and nothing of a profile before. */
static void each_who_asks_sees_what_was_since(void **state)
{
    (void)state;
    struct pc_profile profile;
    struct pc_err err;
    assert_true(pc_waits_begin(PC_WAITS_PROGRAM, NULL, &err));
    assert_false(pc_waits_begin(PC_WAITS_PROGRAM, NULL, &err));
    int64_t all = 0;
    for (int i = 0; i < ROUNDS && all == 0; i++) {
        hold_it();
        assert_true(pc_waits_read(PC_WAITS_PROGRAM, &profile, &err));
        all = sum(&profile, "contentions", "wait_for_it", "hold_it");
        pc_profile_fini(&profile);
    }
    assert_int_equal(all, 1);
    assert_false(pc_waits_read(PC_WAITS_REQUEST, &profile, &err));
    pc_profile_fini(&profile);
    assert_true(pc_waits_begin(PC_WAITS_REQUEST, NULL, &err));
    assert_true(pc_waits_read(PC_WAITS_REQUEST, &profile, &err));
    assert_int_equal(pc_profile_total(&profile, 1), 0);
    pc_profile_fini(&profile);
    assert_true(pc_waits_end(PC_WAITS_REQUEST, NULL, &err));
    assert_true(pc_waits_read(PC_WAITS_PROGRAM, &profile, &err));
    assert_int_equal(sum(&profile, "contentions", "wait_for_it", "hold_it"), 1);
    pc_profile_fini(&profile);
    assert_true(pc_waits_end(PC_WAITS_PROGRAM, NULL, &err));
    assert_false(pc_waits_end(PC_WAITS_PROGRAM, NULL, &err));
}

static void in_the_child(void)
{
    assert_false(bench_mutex_profile_stop());
    assert_string_equal(bench_profile_error(),
                        "waiting for locks is not recorded in this process");
    char *path = bed_path("child.pb.gz");
    assert_true(bench_mutex_profile_start(path));
    hold_it();
    assert_true(bench_mutex_profile_stop());
    free(path);
}

static void mistakes_are_told_and_a_child_begins_its_own(void **state)
{
    (void)state;
    char *missing = bed_path("nowhere/mutex.pb.gz");
    assert_false(bench_mutex_profile_stop());
    assert_false(bench_mutex_profile_start(""));
    assert_false(bench_mutex_profile_start(missing));
    assert_non_null(strstr(bench_profile_error(), "No such file"));
    assert_true(bench_mutex_profile_start(NULL));
    assert_false(bench_mutex_profile_start(NULL));
    assert_string_equal(bench_profile_error(),
                        "waiting for locks is being recorded already");
    bed_apart(in_the_child);
    assert_true(bench_mutex_profile_stop());
    free(missing);
}

int main(void)
{
    /* Some sanitizers have locks of their own. */
    if (!bench_mutex_profile_start(NULL)) {
        bool is_told = strstr(bench_profile_error(), "sanitizer");
        puts(bench_profile_error());
        return is_told ? 77 : 1;
    }
    bench_mutex_profile_stop();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_waits_and_who_holds_are_told),
        cmocka_unit_test(each_who_asks_sees_what_was_since),
        cmocka_unit_test(mistakes_are_told_and_a_child_begins_its_own),
    };
    return cmocka_run_group_tests(tests, bed_set_up, bed_tear_down);
}
