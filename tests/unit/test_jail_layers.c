#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/mem.h"
#include "host/filter.h"
#include "host/jail.h"
#include "host/landlock.h"
#include "jail_bed.h"

static void enter_landlock(void)
{
    int abi;
    struct pc_jail jail = jail_bed_jail();
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (pc_landlock_enter(&jail, &abi) != 0)
        _exit(124);
}

static void enter_filter(void)
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (pc_filter_enter(NULL) != 0)
        _exit(124);
}

static long read_secret(const void *row)
{
    (void)row;
    return jail_bed_result(open(jail_bed_secret(), O_RDONLY));
}

static long write_secret(const void *row)
{
    (void)row;
    return jail_bed_result(open(jail_bed_secret(), O_WRONLY));
}

static long write_input(const void *row)
{
    (void)row;
    return jail_bed_result(open(jail_bed_input(), O_WRONLY));
}

static long create(const void *row)
{
    (void)row;
    return jail_bed_result(open("/tmp/perfcourse-new", O_CREAT | O_WRONLY, 0600));
}

static long truncate_secret(const void *row)
{
    (void)row;
    return jail_bed_result(truncate(jail_bed_secret(), 0));
}

static long execute(const void *row)
{
    (void)row;
    char *argv[] = {(char *)(uintptr_t) "true", NULL};
    return jail_bed_result(execv("/bin/true", argv));
}

static long listen_on_tcp(const void *row)
{
    (void)row;
    struct sockaddr_in any = {.sin_family = AF_INET};
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return jail_bed_result(bind(fd, (struct sockaddr *)&any, sizeof any));
}

static long connect_by_tcp(const void *row)
{
    (void)row;
    struct sockaddr_in one = {.sin_family = AF_INET, .sin_port = htons(9)};
    one.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return jail_bed_result(connect(fd, (struct sockaddr *)&one, sizeof one));
}

static long signal_parent(const void *row)
{
    (void)row;
    return jail_bed_result(kill(getppid(), 0));
}

static const struct {
    const char *name;
    long (*attempt)(const void *row);
    int abi; /* of Landlock, from which on it is refused */
    int wanted;
} rows[] = {
    {"read", read_secret, 1, EACCES},
    {"write", write_secret, 1, EACCES},
    {"write the input", write_input, 1, EACCES},
    {"create", create, 1, EACCES},
    {"execute", execute, 1, EACCES},
    {"truncate", truncate_secret, 3, EACCES},
    {"bind", listen_on_tcp, 4, EACCES},
    {"connect", connect_by_tcp, 4, EACCES},
    {"signal the parent", signal_parent, 6, EPERM},
};

static void landlock_holds_by_itself_what_its_abi_knows(void **state)
{
    (void)state;
    int abi = jail_bed_landlock();
    if (abi == 0)
        skip();
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        if (rows[i].abi > abi)
            continue;
        struct jail_end end = jail_bed_try(false, enter_landlock, rows[i].attempt, NULL);
        if (end.result != -rows[i].wanted)
            fail_msg("%s: result %ld, wanted %s", rows[i].name, end.result,
                     strerror(rows[i].wanted));
    }
}

static void the_filter_holds_by_itself_all_but_reading(void **state)
{
    (void)state;
    for (size_t i = 1; i < PC_COUNT(rows); i++) {
        struct jail_end end = jail_bed_try(false, enter_filter, rows[i].attempt, NULL);
        if (end.result != -EPERM && end.result != -EBADF)
            fail_msg("%s: result %ld, wanted EPERM", rows[i].name, end.result);
    }
    assert_true(jail_bed_try(false, enter_filter, read_secret, NULL).result >= 0);
}

static void what_is_missing_is_named_with_its_remedy(void **state)
{
    (void)state;
    static const struct {
        struct pc_jail_state state;
        const char *level, *layers, *missing;
    } states[] = {
        {{.abi = 7}, "full", "limits,privileges,landlock,seccomp", ""},
        {{.errors = {[PC_LAYER_LANDLOCK] = ECANCELED, [PC_LAYER_SECCOMP] = ECANCELED}},
         "off",
         "limits,privileges",
         ""},
        {{.errors = {[PC_LAYER_LANDLOCK] = ENOSYS}},
         "partial",
         "limits,privileges,seccomp",
         "Landlock (this kernel has none"},
        {{.errors = {[PC_LAYER_LANDLOCK] = EOPNOTSUPP}},
         "partial",
         "limits,privileges,seccomp",
         "Landlock (it is switched off: add landlock to lsm="},
        {{.errors = {[PC_LAYER_LIMITS] = EPERM, [PC_LAYER_SECCOMP] = EINVAL}, .abi = 1},
         "partial",
         "privileges,landlock",
         "limits (the system does not let them be lowered); seccomp (the kernel"},
    };
    for (size_t i = 0; i < PC_COUNT(states); i++) {
        char text[1024];
        assert_string_equal(pc_jail_name(&states[i].state), states[i].level);
        pc_jail_layers(&states[i].state, text, sizeof text);
        assert_string_equal(text, states[i].layers);
        pc_jail_missing(&states[i].state, text, sizeof text);
        if (strncmp(text, states[i].missing, strlen(states[i].missing)) != 0 ||
            (!*states[i].missing && *text))
            fail_msg("state %zu: \"%s\"", i, text);
    }
}

static void of_two_processes_the_weaker_counts(void **state)
{
    (void)state;
    struct pc_jail_state full = {.abi = 7};
    struct pc_jail_state weak = {.errors = {[PC_LAYER_SECCOMP] = EINVAL}, .abi = 3};
    struct pc_jail_state both = pc_jail_both(&full, &weak);
    assert_int_equal(both.errors[PC_LAYER_SECCOMP], EINVAL);
    assert_int_equal(both.abi, 3);
    both = pc_jail_both(&weak, &full);
    assert_int_equal(both.errors[PC_LAYER_SECCOMP], EINVAL);
    assert_int_equal(both.abi, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(landlock_holds_by_itself_what_its_abi_knows),
        cmocka_unit_test(the_filter_holds_by_itself_all_but_reading),
        cmocka_unit_test(what_is_missing_is_named_with_its_remedy),
        cmocka_unit_test(of_two_processes_the_weaker_counts),
    };
    return cmocka_run_group_tests(tests, jail_bed_setup, jail_bed_teardown);
}
