/*
 * Profiles of programs with many threads, strange stacks and children.
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
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "base/mem.h"
#include "perfprof/perfprof.h"
#include "perfprof_bed.h"
#include "profile/pprof.h"

/* What a thread does, and the label it has. */
struct worker {
    pthread_t thread;
    const char *label;
    int ms;
    pthread_barrier_t *gate; /* NULL: at once */
};

static void *run(void *arg)
{
    struct worker *worker = arg;
    if (worker->label)
        assert_true(bench_profile_label("thread", worker->label));
    if (worker->gate)
        pthread_barrier_wait(worker->gate);
    bed_work(worker->ms);
    return NULL;
}

static void threads_of_before_and_after_are_seen_with_their_labels(void **state)
{
    (void)state;
    pthread_barrier_t gate;
    pthread_barrier_init(&gate, NULL, 2);
    struct worker before = {.label = "before", .ms = 120, .gate = &gate};
    struct worker after = {.label = "after", .ms = 120};
    pthread_create(&before.thread, NULL, run, &before);
    bed_begin();
    pthread_create(&after.thread, NULL, run, &after);
    pthread_barrier_wait(&gate);
    assert_true(bench_profile_label("thread", "main"));
    bed_work(60);
    assert_true(bench_profile_label("thread", NULL));
    bed_work(60);
    pthread_join(before.thread, NULL);
    pthread_join(after.thread, NULL);
    struct pc_profile profile;
    bed_end(&profile);
    assert_int_equal(profile.threads, 3);
    static const char *const labels[] = {"before", "after", "main"};
    int64_t labelled = 0;
    for (size_t i = 0; i < PC_COUNT(labels); i++) {
        int64_t n = bed_count(&profile, bed_is_labelled, labels[i]);
        assert_true(n > 0);
        labelled += n;
    }
    assert_true(labelled < (int64_t)profile.taken);
    assert_true(bed_share(&profile, bed_passes, "bed_work") > 0.9);
    assert_int_equal(profile.broken, 0);
    pc_profile_fini(&profile);
    pthread_barrier_destroy(&gate);
}

static void many_threads_are_all_seen(void **state)
{
    (void)state;
    enum { CROWD = 64 };
    struct worker crowd[CROWD] = {0};
    bed_begin();
    for (int i = 0; i < CROWD; i++) {
        crowd[i].ms = 10;
        pthread_create(&crowd[i].thread, NULL, run, &crowd[i]);
    }
    for (int i = 0; i < CROWD; i++)
        pthread_join(crowd[i].thread, NULL);
    struct pc_profile profile;
    bed_end(&profile);
    assert_true(profile.threads >= CROWD);
    assert_true(profile.taken >= CROWD / 2);
    assert_int_equal(profile.lost, 0);
    assert_int_equal(profile.broken, 0);
    pc_profile_fini(&profile);
}

static void *sleep_on(void *arg)
{
    pthread_barrier_wait(arg);
    return NULL;
}

/* Timers are those of the running profile, also of threads that never run meanwhile. */
static void profiles_without_number_leave_no_timers(void **state)
{
    (void)state;
    pthread_barrier_t gate;
    pthread_t idle;
    pthread_barrier_init(&gate, NULL, 2);
    pthread_create(&idle, NULL, sleep_on, &gate);
    for (int i = 0; i < 50; i++) {
        struct worker worker = {.ms = i % 10 == 0};
        bed_begin();
        pthread_create(&worker.thread, NULL, run, &worker);
        pthread_join(worker.thread, NULL);
        assert_true(bench_profile_stop());
    }
    char *timers = NULL;
    FILE *in = fopen("/proc/self/timers", "r");
    size_t n = 0, cap = 0;
    while (in && getline(&timers, &cap, in) > 0)
        n += strncmp(timers, "ID:", 3) == 0;
    assert_true(n <= 2);
    free(timers);
    if (in)
        fclose(in);
    pthread_barrier_wait(&gate);
    pthread_join(idle, NULL);
    pthread_barrier_destroy(&gate);
}

__attribute__((noinline)) static uint64_t descend(int depth)
{
    uint64_t x = depth > 0 ? descend(depth - 1) : 1;
    return bed_steps(x, 200) + 1;
}

static void deep_stacks_keep_their_inner_end(void **state)
{
    (void)state;
    static const struct {
        int depth;
        bool whole;
    } rows[] = {{100, true}, {20000, false}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        bed_begin();
        int64_t until = bed_used() + 100;
        while (bed_used() < until)
            descend(rows[i].depth);
        struct pc_profile profile;
        bed_end(&profile);
        assert_true(profile.taken > 5);
        assert_true(bed_share(&profile, bed_passes, "descend") > 0.5);
        assert_true((profile.broken == 0) == rows[i].whole);
        pc_profile_fini(&profile);
    }
}

static ucontext_t here, there;

static void on_own_stack(void)
{
    bed_work(100);
    __asm__ volatile(""); /* that call is not in tail position */
}

/* Coroutines: the stack lies where the system gave memory, with nothing behind it. */
static void stacks_of_the_program_are_survived(void **state)
{
    (void)state;
    enum { PAGE = 4096, PAGES = 16 };
    char *memory =
        mmap(NULL, (PAGES + 2) * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(memory != MAP_FAILED);
    assert_int_equal(mprotect(memory + PAGE, PAGES * PAGE, PROT_READ | PROT_WRITE), 0);
    bed_begin();
    getcontext(&there);
    there.uc_stack = (stack_t){.ss_sp = memory + PAGE, .ss_size = (size_t)PAGES * PAGE};
    there.uc_link = &here;
    makecontext(&there, on_own_stack, 0);
    swapcontext(&here, &there);
    struct pc_profile profile;
    bed_end(&profile);
    assert_true(profile.taken > 5);
    assert_true(bed_share(&profile, bed_passes, "on_own_stack") > 0.9);
    pc_profile_fini(&profile);
    munmap(memory, (PAGES + 2) * PAGE);
}

static void in_the_child(void)
{
    assert_false(bench_profile_stop());
    assert_string_equal(bench_profile_error(), "no profile is being taken in this process");
    char *path = bed_path("child.pb.gz");
    assert_true(bench_profile_start(path));
    bed_work(100);
    assert_true(bench_profile_stop());
    struct pc_profile profile;
    struct pc_err err;
    assert_true(pc_pprof_read(path, &profile, &err));
    assert_true(bed_count(&profile, bed_passes, "in_the_child") == (int64_t)profile.taken);
    assert_true(profile.taken > 0);
    pc_profile_fini(&profile);
    free(path);
    bench_pprof_stop();
    assert_true(bench_pprof_serve(0) > 0);
    bench_pprof_stop();
}

static void a_child_has_nothing_of_the_parents_profile(void **state)
{
    (void)state;
    int port = bench_pprof_serve(0);
    assert_true(port > 0);
    bed_begin();
    bed_work(100);
    bed_apart(in_the_child);
    bed_work(100);
    struct pc_profile profile;
    bed_end(&profile);
    assert_true(profile.taken > 5);
    assert_int_equal(bed_count(&profile, bed_passes, "in_the_child"), 0);
    pc_profile_fini(&profile);
    bench_pprof_stop();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_of_before_and_after_are_seen_with_their_labels),
        cmocka_unit_test(many_threads_are_all_seen),
        cmocka_unit_test(profiles_without_number_leave_no_timers),
        cmocka_unit_test(deep_stacks_keep_their_inner_end),
        cmocka_unit_test(stacks_of_the_program_are_survived),
        cmocka_unit_test(a_child_has_nothing_of_the_parents_profile),
    };
    return cmocka_run_group_tests(tests, bed_set_up, bed_tear_down);
}
