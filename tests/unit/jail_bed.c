#include "jail_bed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "host/landlock.h"

enum { NOBODY = 65534 };

static char folder[] = "/tmp/perfcourse-jail-XXXXXX";
static char *input, *secret;

int jail_bed_setup(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || chmod(folder, 0755) != 0)
        return -1;
    input = pc_strfmt("%s/input", folder);
    secret = pc_strfmt("%s/secret", folder);
    struct pc_err err;
    return pc_file_write(input, "read me\n", 8, &err) &&
                   pc_file_write(secret, "not me\n", 7, &err) && chmod(secret, 0666) == 0 &&
                   chmod(input, 0644) == 0
               ? 0
               : -1;
}

int jail_bed_teardown(void **state)
{
    (void)state;
    struct pc_err err;
    free(input);
    free(secret);
    return pc_file_remove_tree(folder, &err) ? 0 : -1;
}

const char *jail_bed_folder(void)
{
    return folder;
}

const char *jail_bed_input(void)
{
    return input;
}

const char *jail_bed_secret(void)
{
    return secret;
}

struct pc_jail jail_bed_jail(void)
{
    static const char *reads[2];
    reads[0] = input;
    struct pc_jail jail = {.cpu_s = 60, .reads = reads};
#ifndef __SANITIZE_ADDRESS__
    jail.memory = 1 << 30;
#endif
    return jail;
}

static void be_nobody(void)
{
    if (setgroups(0, NULL) != 0 || setresgid(NOBODY, NOBODY, NOBODY) != 0 ||
        setresuid(NOBODY, NOBODY, NOBODY) != 0)
        _exit(126);
}

struct jail_end jail_bed_try(bool as_nobody, void (*enter)(void),
                             long (*attempt)(const void *row), const void *row)
{
    int fds[2], status;
    struct jail_end end = {.result = -EPIPE};
    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        pid_t own = getpid();
        if (as_nobody)
            be_nobody();
        enter();
        long result = attempt(row);
        if (getpid() != own) /* it could be forked */
            _exit(0);
        ssize_t n = write(fds[1], &result, sizeof result);
        _exit(n == sizeof result ? 0 : 125);
    }
    close(fds[1]);
    ssize_t n = read(fds[0], &end.result, sizeof end.result);
    close(fds[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    end.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (!end.signal && (n != sizeof end.result || WEXITSTATUS(status) != 0))
        fail_msg("the child left early with status %d", WEXITSTATUS(status));
    return end;
}

int jail_bed_landlock(void)
{
    pid_t pid = fork();
    int status, abi = 0;
    if (pid == 0) {
        struct pc_jail jail = {.memory = 0};
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        _exit(pc_landlock_enter(&jail, &abi) == 0 ? abi : 0);
    }
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

void jail_bed_enter(void)
{
    struct pc_jail jail = jail_bed_jail();
    struct pc_jail_state state = pc_jail_enter(&jail);
    if (state.errors[PC_LAYER_LIMITS] || state.errors[PC_LAYER_PRIVILEGES] ||
        state.errors[PC_LAYER_SECCOMP])
        _exit(124);
}

int jail_bed_users(void)
{
    return geteuid() == 0 ? 2 : 1;
}

long jail_bed_result(long rc)
{
    return rc < 0 ? -errno : rc;
}
