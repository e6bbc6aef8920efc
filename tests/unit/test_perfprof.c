/*
 * Profiles that a program takes of itself, read back from their files.
 *
 * Shares are those of work, not of time, and asserted with bounds that chance exceeds once in
 * millions of runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "perfprof/perfprof.h"
#include "profile/pprof.h"

static char folder[] = "/tmp/perfprof-XXXXXX";
static char *file;

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    file = pc_strfmt("%s/cpu.pb.gz", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(file);
    return pc_file_remove_tree(folder, NULL) ? 0 : -1;
}

__attribute__((noinline)) static uint64_t steps(uint64_t x, int n)
{
    for (int k = 0; k < n; k++) {
        __asm__ volatile("" : "+r"(x));
        x = x * 6364136223846793005u + 1442695040888963407u;
    }
    return x;
}

__attribute__((noinline)) static uint64_t seventy(uint64_t x)
{
    return steps(x, 7000) + 1;
}

__attribute__((noinline)) static uint64_t thirty(uint64_t x)
{
    return steps(x, 3000) + 1;
}

static int64_t used(clockid_t clock)
{
    struct timespec ts;
    clock_gettime(clock, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Work until the calling thread has used so much processor time. */
__attribute__((noinline)) static void work(int ms)
{
    int64_t until = used(CLOCK_THREAD_CPUTIME_ID) + ms;
    uint64_t x = 1;
    while (used(CLOCK_THREAD_CPUTIME_ID) < until)
        x = thirty(seventy(x));
    __asm__ volatile("" : : "r"(x));
}

static void begin(void)
{
    if (!bench_profile_start(file))
        fail_msg("%s", bench_profile_error());
}

static void end(struct pc_profile *profile)
{
    struct pc_err err;
    if (!bench_profile_stop())
        fail_msg("%s", bench_profile_error());
    if (!pc_pprof_read(file, profile, &err))
        fail_msg("%s", err.msg);
}

static bool passes(const struct pc_profile *profile, const struct pc_profile_sample *sample,
                   const char *name)
{
    for (size_t i = 0; i < sample->n; i++) {
        uint32_t function = profile->frames.items[sample->frames[i]].function;
        if (strcmp(profile->functions.items[function].name, name) == 0)
            return true;
    }
    return false;
}

static bool is_labelled(const struct pc_profile *profile,
                        const struct pc_profile_sample *sample, const char *value)
{
    for (size_t i = 0; i < sample->n_labels; i++)
        if (strcmp(profile->labels.items[sample->labels[i]].value, value) == 0)
            return true;
    return false;
}

typedef bool asks(const struct pc_profile *profile, const struct pc_profile_sample *sample,
                  const char *name);

static int64_t count(const struct pc_profile *profile, asks *is_true, const char *name)
{
    int64_t sum = 0;
    for (size_t i = 0; i < profile->samples.n; i++)
        if (is_true(profile, &profile->samples.items[i], name))
            sum += profile->samples.items[i].values[0];
    return sum;
}

static double share(const struct pc_profile *profile, asks *is_true, const char *name)
{
    return (double)count(profile, is_true, name) / (double)profile->taken;
}

/* Run `body` in a process of its own, which has not been profiled so far. */
static void apart(void (*body)(void))
{
    pid_t child = fork();
    if (child == 0) {
        body();
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void fill_it(void)
{
    struct pc_profile profile;
    setenv("PERFPROF_MIB", "1", 1);
    begin();
    volatile char room[60000];
    room[0] = 1;
    work(320);
    room[1] = room[0];
    end(&profile);
    assert_true(profile.taken > 10);
    assert_true(profile.lost > 0);
    pc_profile_fini(&profile);
    char *packed = pc_file_read(file, 1 << 20, NULL, NULL);
    assert_non_null(packed);
    free(packed);
}

static void what_finds_no_room_is_counted(void **state)
{
    (void)state;
    apart(fill_it);
}

static void other_profiler(int signal)
{
    (void)signal;
}

static void use_the_signal(void)
{
    signal(SIGPROF, other_profiler);
    assert_false(bench_profile_start(file));
    assert_non_null(strstr(bench_profile_error(), "SIGPROF has a handler already"));
    assert_false(bench_profile_label("a", "b"));
}

static void a_signal_that_is_in_use_is_left_alone(void **state)
{
    (void)state;
    apart(use_the_signal);
}

static void shares_are_those_of_the_work(void **state)
{
    (void)state;
    struct pc_profile profile;
    begin();
    work(400);
    end(&profile);
    assert_true(profile.taken >= 20);
    double spread = 5.5 * sqrt(0.21 / (double)profile.taken) + 0.02;
    double found = share(&profile, passes, "seventy");
    if (fabs(found - 0.7) > spread)
        fail_msg("%g of %d", found, (int)profile.taken);
    assert_true(share(&profile, passes, "main") == 1);
    assert_int_equal(profile.broken, 0);
    assert_int_equal(profile.lost, 0);
    assert_true(profile.when > 1500000000000);
    assert_int_equal(pc_profile_total(&profile, 1), profile.cpu_ns);
    pc_profile_fini(&profile);
}

static void mistakes_are_told(void **state)
{
    (void)state;
    char *missing = pc_strfmt("%s/nowhere/cpu.pb.gz", folder);
    const struct {
        const char *file, *says;
    } rows[] = {
        {NULL, "needs the name of a file"},
        {"", "needs the name of a file"},
        {missing, "nowhere/cpu.pb.gz: No such file"},
        {folder, "is no file"},
        {"/dev/null", "is no file"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        assert_false(bench_profile_start(rows[i].file));
        if (!strstr(bench_profile_error(), rows[i].says))
            fail_msg("%s", bench_profile_error());
    }
    free(missing);
    assert_false(bench_profile_stop());
    assert_string_equal(bench_profile_error(), "no profile is being taken in this process");
    begin();
    assert_string_equal(bench_profile_error(), "");
    assert_false(bench_profile_start(file));
    assert_string_equal(bench_profile_error(), "a profile is being taken already");
    assert_true(bench_profile_stop());
    assert_false(bench_profile_stop());
    assert_false(bench_profile_label("", "x"));
    assert_false(bench_profile_label(NULL, "x"));
    assert_false(bench_profile_label("a=b", "x"));
    assert_true(bench_pprof_serve(0) > 0);
    assert_int_equal(bench_pprof_serve(0), -1);
    assert_non_null(strstr(bench_profile_error(), "runs already, on port"));
    bench_pprof_stop();
    bench_pprof_stop();
}

static void a_file_that_cannot_be_written_is_told_at_the_end(void **state)
{
    (void)state;
    char *inner = pc_strfmt("%s/inner", folder), *path = pc_strfmt("%s/cpu.pb.gz", inner);
    assert_int_equal(mkdir(inner, 0700), 0);
    assert_true(bench_profile_start(path));
    assert_int_equal(rmdir(inner), 0);
    assert_false(bench_profile_stop());
    assert_non_null(strstr(bench_profile_error(), "No such file"));
    begin(); /* and nothing is left of it */
    assert_true(bench_profile_stop());
    free(inner);
    free(path);
}

static void folded_stacks_are_written_by_their_name(void **state)
{
    (void)state;
    char *path = pc_strfmt("%s/cpu.folded", folder);
    assert_true(bench_profile_start(path));
    work(100);
    assert_true(bench_profile_stop());
    char *text = pc_file_read(path, 1 << 20, NULL, NULL);
    assert_non_null(text);
    assert_non_null(strstr(text, ";work;seventy;steps "));
    free(text);
    free(path);
}

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
    work(worker->ms);
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
    begin();
    pthread_create(&after.thread, NULL, run, &after);
    pthread_barrier_wait(&gate);
    assert_true(bench_profile_label("thread", "main"));
    work(60);
    assert_true(bench_profile_label("thread", NULL));
    work(60);
    pthread_join(before.thread, NULL);
    pthread_join(after.thread, NULL);
    struct pc_profile profile;
    end(&profile);
    assert_int_equal(profile.threads, 3);
    static const char *const labels[] = {"before", "after", "main"};
    int64_t labelled = 0;
    for (size_t i = 0; i < PC_COUNT(labels); i++) {
        int64_t n = count(&profile, is_labelled, labels[i]);
        assert_true(n > 0);
        labelled += n;
    }
    assert_true(labelled < (int64_t)profile.taken);
    assert_true(share(&profile, passes, "work") > 0.9);
    assert_int_equal(profile.broken, 0);
    pc_profile_fini(&profile);
    pthread_barrier_destroy(&gate);
}

static void many_threads_are_all_seen(void **state)
{
    (void)state;
    enum { CROWD = 64 };
    struct worker crowd[CROWD] = {0};
    begin();
    for (int i = 0; i < CROWD; i++) {
        crowd[i].ms = 10;
        pthread_create(&crowd[i].thread, NULL, run, &crowd[i]);
    }
    for (int i = 0; i < CROWD; i++)
        pthread_join(crowd[i].thread, NULL);
    struct pc_profile profile;
    end(&profile);
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
        begin();
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
    return steps(x, 200) + 1;
}

static void deep_stacks_keep_their_inner_end(void **state)
{
    (void)state;
    static const struct {
        int depth;
        bool whole;
    } rows[] = {{100, true}, {20000, false}};
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        begin();
        int64_t until = used(CLOCK_THREAD_CPUTIME_ID) + 100;
        while (used(CLOCK_THREAD_CPUTIME_ID) < until)
            descend(rows[i].depth);
        struct pc_profile profile;
        end(&profile);
        assert_true(profile.taken > 5);
        assert_true(share(&profile, passes, "descend") > 0.9);
        assert_true((profile.broken == 0) == rows[i].whole);
        pc_profile_fini(&profile);
    }
}

static ucontext_t here, there;

static void on_own_stack(void)
{
    work(100);
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
    begin();
    getcontext(&there);
    there.uc_stack = (stack_t){.ss_sp = memory + PAGE, .ss_size = (size_t)PAGES * PAGE};
    there.uc_link = &here;
    makecontext(&there, on_own_stack, 0);
    swapcontext(&here, &there);
    struct pc_profile profile;
    end(&profile);
    assert_true(profile.taken > 5);
    assert_true(share(&profile, passes, "on_own_stack") > 0.9);
    pc_profile_fini(&profile);
    munmap(memory, (PAGES + 2) * PAGE);
}

static void in_the_child(void)
{
    assert_false(bench_profile_stop());
    assert_string_equal(bench_profile_error(), "no profile is being taken in this process");
    char *path = pc_strfmt("%s/child.pb.gz", folder);
    assert_true(bench_profile_start(path));
    work(100);
    assert_true(bench_profile_stop());
    struct pc_profile profile;
    struct pc_err err;
    assert_true(pc_pprof_read(path, &profile, &err));
    assert_true(count(&profile, passes, "in_the_child") == (int64_t)profile.taken);
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
    begin();
    work(100);
    apart(in_the_child);
    work(100);
    struct pc_profile profile;
    end(&profile);
    assert_true(profile.taken > 5);
    assert_int_equal(count(&profile, passes, "in_the_child"), 0);
    pc_profile_fini(&profile);
    bench_pprof_stop();
}

static void waiting_is_seen_by_the_clock(void **state)
{
    (void)state;
    assert_true(bench_profile_start_wall(file));
    for (int i = 0; i < 10; i++)
        nanosleep(&(struct timespec){.tv_nsec = 30000000}, NULL);
    struct pc_profile profile;
    end(&profile);
    assert_int_equal(profile.kind, PC_PROFILE_WALL);
    assert_true(profile.taken > 5);
    assert_true(profile.cpu_ns < profile.wall_ns);
    pc_profile_fini(&profile);
}

/* The last one: a process keeps its labels. */
static void labels_that_find_no_room_are_refused(void **state)
{
    (void)state;
    bool fine = true;
    int n = 0;
    for (; n < 100 && fine; n++) {
        char value[16];
        snprintf(value, sizeof value, "%d", n);
        fine = bench_profile_label("n", value);
    }
    assert_false(fine);
    assert_in_range(n, 40, 65);
    assert_non_null(strstr(bench_profile_error(), "at most 64"));
    assert_true(bench_profile_label("n", "1"));
    assert_true(bench_profile_label("n", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_finds_no_room_is_counted),
        cmocka_unit_test(a_signal_that_is_in_use_is_left_alone),
        cmocka_unit_test(shares_are_those_of_the_work),
        cmocka_unit_test(mistakes_are_told),
        cmocka_unit_test(a_file_that_cannot_be_written_is_told_at_the_end),
        cmocka_unit_test(folded_stacks_are_written_by_their_name),
        cmocka_unit_test(threads_of_before_and_after_are_seen_with_their_labels),
        cmocka_unit_test(many_threads_are_all_seen),
        cmocka_unit_test(profiles_without_number_leave_no_timers),
        cmocka_unit_test(deep_stacks_keep_their_inner_end),
        cmocka_unit_test(stacks_of_the_program_are_survived),
        cmocka_unit_test(a_child_has_nothing_of_the_parents_profile),
        cmocka_unit_test(waiting_is_seen_by_the_clock),
        cmocka_unit_test(labels_that_find_no_room_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
