#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "loop/loop.h"

/* Callbacks write a letter each; the order of the letters is what is tested. */
struct trace {
    struct pc_loop *loop;
    struct pc_str text;
    struct pc_timer *first, *second;
};

static int set_up(void **state)
{
    struct trace *trace = calloc(1, sizeof *trace);
    trace->loop = pc_loop_create(NULL);
    *state = trace;
    return trace->loop ? 0 : -1;
}

static int tear_down(void **state)
{
    struct trace *trace = *state;
    pc_loop_free(trace->loop);
    pc_str_fini(&trace->text);
    free(trace);
    return 0;
}

static void write_a(void *ctx)
{
    struct trace *trace = ctx;
    pc_str_adds(&trace->text, "a");
}

static void write_b(void *ctx)
{
    struct trace *trace = ctx;
    pc_str_adds(&trace->text, "b");
}

static void free_first(void *ctx)
{
    struct trace *trace = ctx;
    pc_str_adds(&trace->text, "f");
    pc_timer_free(trace->first);
    trace->first = NULL;
}

static void stop(void *ctx)
{
    struct trace *trace = ctx;
    pc_loop_stop(trace->loop);
}

static void a_loop_without_events_returns(void **state)
{
    struct trace *trace = *state;
    pc_loop_run(trace->loop);
    pc_loop_run(trace->loop);
}

static void timers_fire_in_the_order_of_their_times(void **state)
{
    struct trace *trace = *state;
    struct pc_timer *late = pc_timer_start(trace->loop, 20, write_b, trace);
    struct pc_timer *soon = pc_timer_start(trace->loop, 0, write_a, trace);
    pc_loop_run(trace->loop);
    assert_string_equal(pc_str_get(&trace->text), "ab");
    pc_timer_free(late);
    pc_timer_free(soon);
}

static void a_freed_timer_does_not_fire(void **state)
{
    struct trace *trace = *state;
    pc_timer_free(pc_timer_start(trace->loop, 0, write_a, trace));
    pc_timer_free(NULL);
    pc_loop_run(trace->loop);
    assert_string_equal(pc_str_get(&trace->text), "");
}

static void a_timer_may_free_itself_or_another(void **state)
{
    struct trace *trace = *state;
    trace->first = pc_timer_start(trace->loop, 0, free_first, trace);
    pc_loop_run(trace->loop);
    trace->first = pc_timer_start(trace->loop, 30, write_a, trace);
    trace->second = pc_timer_start(trace->loop, 0, free_first, trace);
    pc_loop_run(trace->loop);
    pc_timer_free(trace->second);
    assert_string_equal(pc_str_get(&trace->text), "ff");
}

static void queue_b(void *ctx)
{
    struct trace *trace = ctx;
    pc_loop_later(trace->loop, write_b, trace);
    pc_str_adds(&trace->text, "q");
}

static void what_is_put_off_runs_once_in_order_and_not_at_once(void **state)
{
    struct trace *trace = *state;
    pc_loop_later(trace->loop, queue_b, trace);
    pc_loop_later(trace->loop, write_a, trace);
    assert_string_equal(pc_str_get(&trace->text), "");
    pc_loop_run(trace->loop);
    assert_string_equal(pc_str_get(&trace->text), "qab");
}

static void stopping_leaves_the_rest_for_the_next_run(void **state)
{
    struct trace *trace = *state;
    struct pc_timer *timer = pc_timer_start(trace->loop, 10, write_a, trace);
    pc_loop_later(trace->loop, stop, trace);
    pc_loop_run(trace->loop);
    assert_string_equal(pc_str_get(&trace->text), "");
    pc_loop_run(trace->loop);
    assert_string_equal(pc_str_get(&trace->text), "a");
    pc_timer_free(timer);
}

static void note_signal(void *ctx, int signal)
{
    struct trace *trace = ctx;
    pc_str_addf(&trace->text, "%d ", signal);
    if (signal == SIGTERM)
        pc_loop_stop(trace->loop);
}

static void raise_all(void *ctx)
{
    (void)ctx;
    raise(SIGINT);
    raise(SIGHUP);
    raise(SIGTERM);
}

static void interrupts_are_called_back_and_do_not_keep_the_loop(void **state)
{
    struct trace *trace = *state;
    pc_loop_on_interrupt(trace->loop, note_signal, trace);
    pc_loop_run(trace->loop);
    struct pc_timer *longest = pc_timer_start(trace->loop, 60000, write_a, trace);
    pc_loop_later(trace->loop, raise_all, trace);
    pc_loop_run(trace->loop);
    assert_string_equal(pc_str_get(&trace->text), "2 1 15 ");
    pc_timer_free(longest);
}

static void waiting_takes_no_wake_ups(void **state)
{
    struct trace *trace = *state;
    struct pc_timer *timer = pc_timer_start(trace->loop, 60, write_a, trace);
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    pc_loop_run(trace->loop);
    getrusage(RUSAGE_SELF, &after);
    assert_in_range(after.ru_nvcsw - before.ru_nvcsw, 0, 3);
    pc_timer_free(timer);
}

static void freeing_the_loop_frees_what_is_registered(void **state)
{
    struct trace *trace = *state;
    pc_timer_start(trace->loop, 60000, write_a, trace);
    pc_loop_later(trace->loop, write_a, trace);
    pc_loop_on_interrupt(trace->loop, note_signal, trace);
    pc_loop_free(trace->loop);
    trace->loop = NULL;
    pc_loop_free(NULL);
    assert_string_equal(pc_str_get(&trace->text), "");
}

/* A limit that may be raised is; so it is the hard one, which is for good. */
static void a_loop_that_cannot_be_made_says_why(void **state)
{
    (void)state;
    pid_t pid = fork();
    if (pid == 0) {
        struct pc_err err = {0};
        setrlimit(RLIMIT_NOFILE, &(struct rlimit){.rlim_cur = 3, .rlim_max = 3});
        bool fine = !pc_loop_create(&err) && err.code == PC_ENVIRONMENT &&
                    strcmp(err.msg, "cannot create the event loop: Too many open files "
                                    "(`ulimit -n` allows more)") == 0;
        _exit(fine ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(a_loop_without_events_returns),
        RULE(timers_fire_in_the_order_of_their_times),
        RULE(a_freed_timer_does_not_fire),
        RULE(a_timer_may_free_itself_or_another),
        RULE(what_is_put_off_runs_once_in_order_and_not_at_once),
        RULE(stopping_leaves_the_rest_for_the_next_run),
        RULE(interrupts_are_called_back_and_do_not_keep_the_loop),
        RULE(waiting_takes_no_wake_ups),
        RULE(freeing_the_loop_frees_what_is_registered),
        cmocka_unit_test(a_loop_that_cannot_be_made_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
