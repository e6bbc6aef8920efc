/* A child that is asked one thing: what it says, and how every way to end is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/mem.h"
#include "loop/ask.h"

enum { MIB = 1 << 20, LONG_MS = 60000, SHORT_MS = 200 };

/* Ask a script of the shell, and leave nothing behind. */
static struct pc_child_end ask(const char *script, const struct pc_str *order,
                               const struct pc_child_spec *limits, struct pc_str *answer)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    struct pc_child_spec spec = *limits;
    struct pc_child_end end;
    struct pc_err err;
    spec.argv = argv;
    if (!spec.wall_ms)
        spec.wall_ms = LONG_MS;
    if (!pc_child_ask(&spec, order, answer, &end, &err))
        fail_msg("%s", err.msg);
    assert_true(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
    return end;
}

static void each_way_to_end_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *script, *answer; /* NULL: whatever it is */
        struct pc_child_spec limits;
        enum pc_end why;
        int status;
    } rows[] = {
        {.script = "read x <&3; echo \"$x!\" >&4", .answer = "hello!\n"},
        {.script = "echo early >&4", .answer = "early\n"},
        {.script = "exit 3", .answer = "", .status = 3},
        {.script = "echo noise; echo noise >&2; echo a >&4", .answer = "a\n"},
        {.script = "exec 3<&-; echo a >&4; exit 2", .answer = "a\n", .status = 2},
        {.script = "kill -SEGV $$", .answer = "", .why = PC_END_SIGNAL, .status = SIGSEGV},
        {.script = "sleep 1000",
         .answer = "",
         .limits = {.wall_ms = SHORT_MS},
         .why = PC_END_WALL},
        {.script = "echo a >&4; exec sleep 1000",
         .answer = "a\n",
         .limits = {.wall_ms = SHORT_MS},
         .why = PC_END_WALL},
        {.script = "echo a >&4; exec 4>&-; exec sleep 1000", .answer = "a\n"},
        {.script = "sleep 1000 & sleep 1000 & echo a >&4; exec 4>&-",
         .why = PC_END_WALL,
         .answer = "a\n",
         .limits = {.wall_ms = SHORT_MS}},
        {.script = "while :; do :; done",
         .answer = "",
         .limits = {.cpu_s = 1},
         .why = PC_END_CPU,
         .status = SIGXCPU},
        {.script = "exec cat /dev/zero >&4",
         .limits = {.output = MIB},
         .why = PC_END_OUTPUT},
        {.script = "head -c 3000000 /dev/zero; echo a >&4",
         .answer = "a\n",
         .limits = {.output = MIB}},
    };
    struct pc_str order = {0};
    pc_str_adds(&order, "hello\n");
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str answer = {0};
        struct pc_child_end end = ask(rows[i].script, &order, &rows[i].limits, &answer);
        if (end.why != rows[i].why || end.status != rows[i].status)
            fail_msg("%s: ended by %d with %d", rows[i].script, (int)end.why, end.status);
        if (rows[i].answer)
            assert_string_equal(pc_str_get(&answer), rows[i].answer);
        if (rows[i].limits.output)
            assert_in_range(answer.len, 0, 2 * MIB);
        pc_str_fini(&answer);
    }
    pc_str_fini(&order);
}

static void long_orders_and_answers_pass_each_other(void **state)
{
    (void)state;
    struct pc_str order = {0}, answer = {0};
    for (int i = 0; i < MIB; i++)
        pc_str_add(&order, "x\n", 2);
    struct pc_child_end end =
        ask("exec cat <&3 >&4", &order, &(struct pc_child_spec){0}, &answer);
    assert_int_equal(end.why, PC_END_EXITED);
    assert_int_equal(answer.len, order.len);
    assert_memory_equal(answer.s, order.s, order.len);
    pc_str_fini(&order);
    pc_str_fini(&answer);
}

static void a_program_that_is_not_there_is_named(void **state)
{
    (void)state;
    const char *const argv[] = {"/nowhere/program", NULL};
    struct pc_child_spec spec = {.argv = argv};
    struct pc_str order = {0}, answer = {0};
    struct pc_child_end end;
    struct pc_err err;
    assert_false(pc_child_ask(&spec, &order, &answer, &end, &err));
    assert_int_equal(err.code, PC_ENVIRONMENT);
    assert_non_null(strstr(err.msg, "/nowhere/program"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way_to_end_is_told),
        cmocka_unit_test(long_orders_and_answers_pass_each_other),
        cmocka_unit_test(a_program_that_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
