#include <fnmatch.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/host/drive.h"

/* Long enough for a machine on which everything else runs as well. */
enum { PATIENCE_MS = 30000 };

static char *sort;

static int compile(void **state)
{
    if (drive_setup(state) != 0)
        return -1;
    sort = drive_compile("sort.c", "-fPIC -shared", "sort.so");
    return sort ? 0 : -1;
}

static int clean(void **state)
{
    free(sort);
    return drive_teardown(state);
}

static void the_jail_can_be_switched_off_and_says_so(void **state)
{
    (void)state;
    const char *argv[] = {"perfcourse-run", "pair", sort, sort, NULL};
    static const struct {
        const char *mode, *jail;
    } rows[] = {{"off", "off"}, {"auto", "full"}, {"", "full"}, {"strict", "full"}};
    const char *alone[] = {"perfcourse-run", "jail", NULL};
    struct drive_result here = drive(alone, "hello\nend\n", PATIENCE_MS);
    bool is_full = strstr(here.answers, " jail=full ");
    drive_free(&here);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        if (!is_full && i > 0) /* a system without Landlock: tests/cli/sandbox.sh */
            break;
        setenv("PERFCOURSE_SANDBOX", rows[i].mode, 1);
        struct drive_result result = drive(argv, "hello\n", PATIENCE_MS);
        unsetenv("PERFCOURSE_SANDBOX");
        struct pc_line line;
        char *copy = drive_line(result.answers, "ok host=pair version=1 ", &line);
        assert_string_equal(pc_line_get(&line, "jail"), rows[i].jail);
        assert_string_equal(pc_line_get(&line, "layers"),
                            i == 0 ? "limits,privileges"
                                   : "limits,privileges,landlock,seccomp");
        free(copy);
        drive_free(&result);
    }
    setenv("PERFCOURSE_SANDBOX", "perhaps", 1);
    struct drive_result wrong_word = drive(argv, "hello\n", PATIENCE_MS);
    unsetenv("PERFCOURSE_SANDBOX");
    assert_int_equal(WEXITSTATUS(wrong_word.status), 2);
    drive_free(&wrong_word);
}

/* Sanitizers map terabytes, read /proc/self/maps and set limits when they start. */
static void programs_run_shut_in_with_and_without_sanitizers(void **state)
{
    (void)state;
    static const struct {
        const char *flags, *what, *output;
        int status;
    } rows[] = {
        {"", "work", "done\n", 0},
        {"", "answer", "", 0},
        {"", "escape", "", 0},
        {"-fsanitize=address,undefined", "work", "done\n", 0},
        {"-fsanitize=address,undefined", "answer", "", 0},
        {"-fsanitize=address,undefined", "escape", "", 0},
        {"-fsanitize=address,undefined", "overflow", "*heap-buffer-overflow*", 1},
        {"-fsanitize=address,undefined", "undefined", "*signed integer overflow*", 0},
    };
    setenv("ASAN_OPTIONS",
           "detect_leaks=0:disable_coredump=0:symbolize=0:allocator_may_return_null=1", 1);
    setenv("UBSAN_OPTIONS", "symbolize=0", 1);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        char *program = drive_compile("program.c", rows[i].flags, "program");
        if (!program && *rows[i].flags)
            skip();
        assert_non_null(program);
        const char *argv[] = {"perfcourse-run", "exec",       "--cpu-s=10",
                              program,          rows[i].what, NULL};
        struct drive_result result = drive(argv, "", PATIENCE_MS);
        if (!WIFEXITED(result.status) || WEXITSTATUS(result.status) != rows[i].status ||
            fnmatch(rows[i].output, result.output, 0) != 0)
            fail_msg("%s %s: status %#x\n%s", rows[i].flags, rows[i].what,
                     (unsigned)result.status, result.output);
        if (strcmp(rows[i].what, "answer") == 0)
            assert_string_equal(result.answers, "tests token=1\n");
        drive_free(&result);
        free(program);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_jail_can_be_switched_off_and_says_so),
        cmocka_unit_test(programs_run_shut_in_with_and_without_sanitizers),
    };
    return cmocka_run_group_tests(tests, compile, clean);
}
