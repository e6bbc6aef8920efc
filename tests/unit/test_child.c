#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "loop/child.h"
#include "loop/loop.h"

enum { MIB = 1 << 20, MANY = 20, ANY = -1 };

/* What a child did. */
struct run {
    struct pc_child *child;
    struct pc_str text[PC_ANSWERS + 1];
    struct pc_child_end end;
    int done;
    bool kill_at_data, abandon_at_data;
};

static void on_data(void *ctx, enum pc_stream stream, const char *data, size_t n)
{
    struct run *run = ctx;
    pc_str_add(&run->text[stream], data, n);
    if (run->kill_at_data)
        pc_child_kill(run->child);
    if (run->abandon_at_data)
        pc_child_abandon(run->child);
}

static void on_done(void *ctx, const struct pc_child_end *end)
{
    struct run *run = ctx;
    run->end = *end;
    run->done++;
}

static const struct pc_child_ops ops = {.data = on_data, .done = on_done};

static int set_up(void **state)
{
    *state = pc_loop_create(NULL);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    pc_loop_free(*state);
    bool nobody = waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
    return nobody ? 0 : -1;
}

static void assert_no_process_is_left(void)
{
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void fini(struct run *run)
{
    for (size_t i = 0; i < PC_COUNT(run->text); i++)
        pc_str_fini(&run->text[i]);
}

/* Start a shell; the limits come from `spec`. */
static void start(struct pc_loop *loop, struct run *run, const char *script,
                  struct pc_child_spec spec)
{
    const char *const argv[] = {"/bin/sh", "-c", script, NULL};
    spec.argv = argv;
    struct pc_err err = {0};
    run->child = pc_child_start(loop, &spec, &ops, run, &err);
    assert_string_equal(err.msg, "");
    assert_non_null(run->child);
}

static const struct row {
    const char *rule, *script;
    enum pc_end why;
    int status;
    bool left;
    struct pc_child_spec spec;
    const char *out;
} rows[] = {
    {"an exit status is told", "echo x; exit 7", .why = PC_END_EXITED, .status = 7,
     .out = "x\n"},
    {"a signal is told", "kill -SEGV $$", .why = PC_END_SIGNAL, .status = SIGSEGV},
    {"a child may kill itself", "kill -KILL $$", .why = PC_END_SIGNAL, .status = SIGKILL},
    {"its input is empty", "cat; echo $?", .why = PC_END_EXITED, .status = 0, .out = "0\n"},
    {"a sleeping child is killed", "exec sleep 100", .why = PC_END_WALL, .status = SIGKILL,
     .spec = {.wall_ms = 40}},
    {"so is a spinning one", "while :; do :; done", .why = PC_END_WALL, .status = SIGKILL,
     .spec = {.wall_ms = 40}},
    {"so is a stopped one", "kill -STOP $$", .why = PC_END_WALL, .status = SIGKILL,
     .spec = {.wall_ms = 40}},
    {"so is one that ignores signals", "trap '' TERM INT HUP; while :; do :; done",
     .why = PC_END_WALL, .status = SIGKILL, .spec = {.wall_ms = 40}},
    {"what it printed before counts", "echo x; exec sleep 100", .why = PC_END_WALL,
     .status = SIGKILL, .spec = {.wall_ms = 500}, .out = "x\n"},
    {"who stopped is asked where", "trap 'echo x; exit 3' ABRT; kill -STOP $$; exit 4",
     .why = PC_END_WALL, .status = 3, .out = "x\n",
     .spec = {.wall_ms = 500, .last_word_ms = 20000}},
    {"processor time is limited", "while :; do :; done", .why = PC_END_CPU,
     .status = SIGXCPU, .spec = {.cpu_s = 1}},
    {"a flood is cut", "yes 12345678", .why = PC_END_OUTPUT, .status = SIGKILL,
     .spec = {.output = 18}, .out = "12345678\n12345678\n"},
    {"a flood that ended by itself is a flood", "printf 123456", .why = PC_END_OUTPUT,
     .status = ANY, .spec = {.output = 3}, .out = "123"},
    {"errors count as output", "printf 12; printf 3 >&2", .why = PC_END_OUTPUT,
     .status = ANY, .spec = {.output = 2}},
    {"output up to the limit is none", "printf 123", .why = PC_END_EXITED, .status = 0,
     .spec = {.output = 3}, .out = "123"},
    {"memory in use is limited", "exec tail /dev/zero", .why = PC_END_RESIDENT,
     .status = SIGKILL, .spec = {.resident = 48 * MIB}},
    {"that of all its processes", "tail /dev/zero & wait", .why = PC_END_RESIDENT,
     .status = SIGKILL, .spec = {.resident = 48 * MIB}},
    {"so are the threads of all its processes",
     "for i in 1 2 3 4 5 6; do sleep 100 & done; wait", .why = PC_END_THREADS,
     .status = SIGKILL, .spec = {.threads = 4}},
    {"address space is limited", "tail /dev/zero 2>/dev/null", .why = PC_END_EXITED,
     .status = 1, .spec = {.memory = 48 * MIB}},
    {"a file is limited", "exec head -c 100000 /dev/zero >\"pc-file-$$\"",
     .why = PC_END_SIGNAL, .status = SIGXFSZ, .spec = {.file_size = 4096, .cwd = "/tmp"}},
    {"children left behind are killed",
     "for i in 1 2 3 4 5 6 7 8 9; do sleep 100 & sleep 100 & sleep 100 & done; exit 3",
     .why = PC_END_EXITED, .status = 3, .left = true},
    {"one that holds the pipes does not delay the end", "sleep 100 & echo x",
     .why = PC_END_EXITED, .status = 0, .left = true, .out = "x\n"},
    {"a session of its own is no way out", "x=$(setsid -f sleep 100 >/dev/null 2>&1)",
     .why = PC_END_EXITED, .status = 0, .left = true},
    {"nor is a second fork in it",
     "x=$(setsid -f sh -c 'setsid -f sleep 100; exec sleep 100' >/dev/null 2>&1)",
     .why = PC_END_EXITED, .status = 0, .left = true},
    {"processes that ended are not left",
     "p=$(true >/dev/null & echo $!); while kill -0 $p 2>/dev/null; do :; done",
     .why = PC_END_EXITED, .status = 0},
    {"those killed with it are not left", "sleep 100 & sleep 100", .why = PC_END_WALL,
     .status = SIGKILL, .spec = {.wall_ms = 40}},
};

static void every_end_has_a_name_and_nothing_is_left(void **state)
{
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const struct row *row = &rows[i];
        struct run run = {0};
        start(*state, &run, row->script, row->spec);
        PC_AUTO(pc_auto_free) char *file =
            pc_strfmt("/tmp/pc-file-%d", pc_child_pid(run.child));
        pc_loop_run(*state);
        unlink(file);
        bool fine = run.done == 1 && run.end.why == row->why &&
                    (row->status == ANY || run.end.status == row->status) &&
                    run.end.left_processes == row->left;
        if (!fine)
            fail_msg("%s: end %d, status %d, left %d", row->rule, run.end.why,
                     run.end.status, run.end.left_processes);
        if (row->out && strcmp(pc_str_get(&run.text[PC_OUT]), row->out) != 0)
            fail_msg("%s: \"%s\"", row->rule, pc_str_get(&run.text[PC_OUT]));
        assert_no_process_is_left();
        fini(&run);
    }
}

static void what_it_used_is_told(void **state)
{
    struct run run = {0};
    start(*state, &run, "sh -c 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done'",
          (struct pc_child_spec){0});
    pc_loop_run(*state);
    assert_true(run.end.cpu_ns > 0);
    assert_true(run.end.wall_ns > 0);
    assert_true(run.end.peak >= 100000);
    fini(&run);
}

static void the_time_of_killed_workers_counts(void **state)
{
    struct run run = {0};
    start(*state, &run, "for i in 1 2; do while :; do :; done & done; wait",
          (struct pc_child_spec){.wall_ms = 100});
    pc_loop_run(*state);
    assert_int_equal(run.end.why, PC_END_WALL);
    assert_true(run.end.cpu_ns > 3000000);
    fini(&run);
}

static void a_child_that_cannot_start_says_why(void **state)
{
    static const struct {
        const char *argv[2], *cwd, *msg;
    } missing[] = {
        {{"no-such-cc"}, NULL, "cannot start no-such-cc: No such file or directory"},
        {{"/no/cc"}, NULL, "cannot start /no/cc: No such file or directory"},
        {{"/"}, NULL, "cannot start /: Permission denied"},
        {{"true"}, "/no", "cannot start true in /no: No such file or directory"},
    };
    for (size_t i = 0; i < PC_COUNT(missing); i++) {
        struct pc_child_spec spec = {.argv = missing[i].argv, .cwd = missing[i].cwd};
        struct pc_err err = {0};
        assert_null(pc_child_start(*state, &spec, &ops, NULL, &err));
        assert_string_equal(err.msg, missing[i].msg);
        assert_int_equal(err.code, PC_ENVIRONMENT);
        assert_no_process_is_left();
    }
}

static void a_child_has_the_named_descriptors_only(void **state)
{
    int inherited = open("/dev/null", O_RDONLY);
    static const char *const out[] = {"0\n1\n2\n", "0\n1\n2\n3\n4\n", "0\n1\n2\n3\n4\n5\n"};
    for (int more = 0; more < 3; more++) {
        struct run run = {0};
        start(*state, &run, "ls -1 /proc/$$/fd; true",
              (struct pc_child_spec){.orders = more, .share = more > 1 ? inherited : 0});
        pc_loop_run(*state);
        assert_string_equal(pc_str_get(&run.text[PC_OUT]), out[more]);
        fini(&run);
    }
    close(inherited);
}

static void a_child_has_the_named_environment_and_clean_signals(void **state)
{
    sigset_t usr1, old;
    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    sigprocmask(SIG_BLOCK, &usr1, &old);
    signal(SIGPIPE, SIG_IGN);
    /* Signals 32 and 33 are glibc's own: it lets nobody change them, however they came. */
    static const char *const argv[] = {
        "env", "sh", "-c",
        "env | grep ^A; awk '/Sig(Blk|Ign)/{print $2}' /proc/self/status |"
        " while read -r set; do echo $((0x$set & ~0x180000000)); done",
        NULL};
    static const char *const env[] = {"A=b c", "PATH=/bin:/usr/bin", NULL};
    struct pc_child_spec spec = {.argv = argv, .env = env};
    struct run run = {0};
    assert_non_null(pc_child_start(*state, &spec, &ops, &run, NULL));
    pc_loop_run(*state);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &old, NULL);
    assert_string_equal(pc_str_get(&run.text[PC_OUT]), "A=b c\n0\n0\n");
    fini(&run);
}

static void orders_and_answers_of_any_size_pass(void **state)
{
    PC_AUTO(pc_auto_free) char *data = pc_alloc(MIB);
    for (size_t i = 0; i < MIB; i++)
        data[i] = (char)(i * 31 >> 4);
    struct run run = {0};
    start(*state, &run, "cat <&3 >&4; echo end",
          (struct pc_child_spec){.orders = true, .output = 4});
    pc_child_order(run.child, data, MIB / 2);
    pc_child_order(run.child, data + MIB / 2, MIB / 2);
    pc_child_end_orders(run.child);
    pc_loop_run(*state);
    assert_int_equal(run.end.why, PC_END_EXITED);
    assert_int_equal(run.text[PC_ANSWERS].len, MIB);
    assert_memory_equal(run.text[PC_ANSWERS].s, data, MIB);
    assert_string_equal(pc_str_get(&run.text[PC_OUT]), "end\n");
    fini(&run);
}

static void a_child_that_does_not_listen_harms_nobody(void **state)
{
    PC_AUTO(pc_auto_free) char *data = pc_alloc(MIB);
    struct run run = {0};
    start(*state, &run, "exec 3<&-; echo closed >&4; sleep 0; exit 5",
          (struct pc_child_spec){.orders = true});
    pc_child_order(run.child, data, MIB);
    pc_loop_run(*state);
    assert_int_equal(run.end.why, PC_END_EXITED);
    assert_int_equal(run.end.status, 5);
    fini(&run);
}

static void a_child_can_be_cancelled_from_its_data(void **state)
{
    struct run run = {.kill_at_data = true};
    start(*state, &run, "echo x; exec sleep 100", (struct pc_child_spec){0});
    pc_loop_run(*state);
    assert_int_equal(run.end.why, PC_END_CANCELLED);
    assert_string_equal(pc_str_get(&run.text[PC_OUT]), "x\n");
    fini(&run);
}

static void an_abandoned_child_calls_nobody(void **state)
{
    struct run run = {.abandon_at_data = true}, never = {0};
    start(*state, &run, "echo x; exec sleep 100", (struct pc_child_spec){0});
    start(*state, &never, "echo x; exec sleep 100", (struct pc_child_spec){0});
    pc_child_abandon(never.child);
    pc_child_abandon(NULL);
    pc_loop_run(*state);
    assert_int_equal(run.done + never.done, 0);
    assert_string_equal(pc_str_get(&never.text[PC_OUT]), "");
    assert_no_process_is_left();
    fini(&run);
    fini(&never);
}

static void many_children_at_once_keep_apart(void **state)
{
    struct run runs[MANY] = {0};
    for (int i = 0; i < MANY; i++) {
        PC_AUTO(pc_auto_free) char *script =
            pc_strfmt("(sleep 0; echo %d) & wait; exit %d", i, i);
        start(*state, &runs[i], script, (struct pc_child_spec){.wall_ms = 60000});
    }
    pc_loop_run(*state);
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(runs[i].done, 1);
        assert_int_equal(runs[i].end.why, PC_END_EXITED);
        assert_int_equal(runs[i].end.status, i);
        assert_int_equal(atoi(pc_str_get(&runs[i].text[PC_OUT])), i);
        assert_false(runs[i].end.left_processes);
        fini(&runs[i]);
    }
}

static void freeing_the_loop_ends_its_children(void **state)
{
    struct run run = {0};
    start(*state, &run, "setsid -f sleep 100; sleep 100", (struct pc_child_spec){0});
    start(*state, &run, "exit 0", (struct pc_child_spec){0});
    pc_loop_free(*state);
    assert_int_equal(run.done, 0);
    assert_no_process_is_left();
    *state = pc_loop_create(NULL);
}

static void children_from_before_the_loop_are_let_be(void **state)
{
    (void)state;
    pid_t before = fork();
    if (before == 0)
        for (;;)
            pause();
    struct pc_loop *loop = pc_loop_create(NULL);
    struct run run = {0};
    start(loop, &run, "sleep 100 & exit 0", (struct pc_child_spec){0});
    pc_loop_run(loop);
    pc_loop_free(loop);
    assert_true(run.end.left_processes);
    assert_int_equal(waitpid(before, NULL, WNOHANG), 0);
    kill(before, SIGKILL);
    assert_int_equal(waitpid(before, NULL, 0), before);
}

static void children_die_with_the_program(void **state)
{
    (void)state;
    pid_t program = fork();
    if (program == 0) {
        struct pc_loop *loop = pc_loop_create(NULL);
        struct run run = {0};
        start(loop, &run, "exec sleep 100", (struct pc_child_spec){0});
        raise(SIGKILL);
    }
    assert_int_equal(waitpid(program, NULL, 0), program);
    /* This process is a subreaper too since the first test, so the sleeper is its child. */
    int status;
    assert_true(waitpid(-1, &status, 0) > 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(every_end_has_a_name_and_nothing_is_left),
        RULE(what_it_used_is_told),
        RULE(the_time_of_killed_workers_counts),
        RULE(a_child_that_cannot_start_says_why),
        RULE(a_child_has_the_named_descriptors_only),
        RULE(a_child_has_the_named_environment_and_clean_signals),
        RULE(orders_and_answers_of_any_size_pass),
        RULE(a_child_that_does_not_listen_harms_nobody),
        RULE(a_child_can_be_cancelled_from_its_data),
        RULE(an_abandoned_child_calls_nobody),
        RULE(many_children_at_once_keep_apart),
        RULE(freeing_the_loop_ends_its_children),
        cmocka_unit_test(children_from_before_the_loop_are_let_be),
        cmocka_unit_test(children_die_with_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
