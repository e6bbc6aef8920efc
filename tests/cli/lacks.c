/*
 * Runs a program as on a system that lacks a layer of the jail:
 *
 *     lacks landlock|landlock-on-boot|seccomp PROGRAM ARG...
 *
 * A filter of system calls, which the program inherits, gives the answers of such a system.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define SKIP_UNLESS(value, n) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, n)
#define GIVE(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define LET_THROUGH BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

static struct sock_filter no_landlock[] = {
    LOAD(nr),
    SKIP_UNLESS(SYS_landlock_create_ruleset, 1),
    GIVE(ENOSYS),
    LET_THROUGH,
};

static struct sock_filter landlock_off[] = {
    LOAD(nr),
    SKIP_UNLESS(SYS_landlock_create_ruleset, 1),
    GIVE(EOPNOTSUPP),
    LET_THROUGH,
};

static struct sock_filter no_seccomp[] = {
    LOAD(nr),      SKIP_UNLESS(SYS_seccomp, 1),    GIVE(ENOSYS), SKIP_UNLESS(SYS_prctl, 3),
    LOAD(args[0]), SKIP_UNLESS(PR_SET_SECCOMP, 1), GIVE(EINVAL), LET_THROUGH,
};

static const struct {
    const char *name;
    struct sock_fprog program;
} rows[] = {
    {"landlock", {COUNT(no_landlock), no_landlock}},
    {"landlock-on-boot", {COUNT(landlock_off), landlock_off}},
    {"seccomp", {COUNT(no_seccomp), no_seccomp}},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 2 && i < COUNT(rows); i++) {
        if (strcmp(argv[1], rows[i].name) != 0)
            continue;
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
            prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &rows[i].program) != 0) {
            perror("lacks");
            return 77;
        }
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        return 127;
    }
    fprintf(stderr, "usage: lacks landlock|landlock-on-boot|seccomp PROGRAM ARG...\n");
    return 2;
}
