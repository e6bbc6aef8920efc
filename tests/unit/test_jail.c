#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"
#include "jail_bed.h"

/* Calls that some architectures never had. */
enum { NOT_HERE = -1 };
#ifndef __x86_64__
enum {
    SYS_fork = NOT_HERE,
    SYS_vfork = NOT_HERE,
    SYS_open = NOT_HERE,
    SYS_creat = NOT_HERE,
    SYS_ioperm = NOT_HERE,
};
#endif

/* Newer than the headers of Debian 12. */
enum { CALL_CACHESTAT = 451, CALL_MSEAL = 462, CALL_FROM_THE_FUTURE = 900 };

struct call {
    const char *name;
    long number;
    int wanted; /* errno */
    long args[4];
};

static long make_call(const void *row)
{
    const struct call *call = row;
    const long *a = call->args;
    return jail_bed_result(syscall(call->number, a[0], a[1], a[2], a[3], 0, 0));
}

static void expect_errors(const struct call *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (int user = 0; user < jail_bed_users() && rows[i].number != NOT_HERE; user++) {
            struct jail_end end =
                jail_bed_try(user == 1, jail_bed_enter, make_call, &rows[i]);
            if (end.signal || end.result != -rows[i].wanted)
                fail_msg("%s%s: signal %d, result %ld (%s), wanted %s", rows[i].name,
                         user == 1 ? " as nobody" : "", end.signal, end.result,
                         end.result < 0 ? strerror((int)-end.result) : "it worked",
                         strerror(rows[i].wanted));
        }
    }
}

#define REFUSED(call, ...) \
    { \
#call " " #__VA_ARGS__, SYS_##call, EPERM, \
        { \
            __VA_ARGS__ \
        } \
    }
#define UNKNOWN(call, ...) \
    { \
#call " " #__VA_ARGS__, SYS_##call, ENOSYS, \
        { \
            __VA_ARGS__ \
        } \
    }
#define TEXT(s) (long)(uintptr_t)(s)

static void no_process_is_started(void **state)
{
    (void)state;
    static const struct call rows[] = {
        REFUSED(fork, 0),
        REFUSED(vfork, 0),
        REFUSED(clone, SIGCHLD),
        REFUSED(clone, CLONE_VM | CLONE_VFORK | SIGCHLD),
        REFUSED(clone, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD | CLONE_UNTRACED),
        UNKNOWN(clone, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD | CLONE_NEWNET),
        UNKNOWN(clone3, 0, 0),
        REFUSED(execve, TEXT("/bin/true"), 0, 0),
        REFUSED(execveat, AT_FDCWD, TEXT("/bin/true"), 0, 0),
        REFUSED(setsid, 0),
        REFUSED(setpgid, 0, 0),
        REFUSED(unshare, CLONE_NEWUSER),
        REFUSED(setns, 0, 0),
    };
    expect_errors(rows, PC_COUNT(rows));
}

static void no_other_process_is_touched(void **state)
{
    (void)state;
    const long parent = getpid();
    const struct call rows[] = {
        REFUSED(kill, -1, 0),
        REFUSED(kill, 0, 0),
        REFUSED(kill, 1, SIGKILL),
        {"kill the parent", SYS_kill, EPERM, {parent, SIGTERM}},
        {"tgkill the parent", SYS_tgkill, EPERM, {parent, parent, SIGTERM}},
        {"tkill the parent", SYS_tkill, EPERM, {parent, SIGTERM}},
        {"rt_sigqueueinfo", SYS_rt_sigqueueinfo, EPERM, {parent, SIGTERM, 0}},
        {"pidfd_open the parent", SYS_pidfd_open, EPERM, {parent, 0}},
        REFUSED(pidfd_send_signal, 0, 0, 0, 0),
        REFUSED(pidfd_getfd, 0, 0, 0),
        {"ptrace the parent", SYS_ptrace, EPERM, {16, parent, 0, 0}},
        {"ptrace itself", SYS_ptrace, EPERM, {0, 0, 0, 0}},
        {"process_vm_readv", SYS_process_vm_readv, EPERM, {parent, 0, 0, 0}},
        {"process_vm_writev", SYS_process_vm_writev, EPERM, {parent, 0, 0, 0}},
        {"kcmp", SYS_kcmp, EPERM, {parent, 1, 0, 0}},
        REFUSED(perf_event_open, 0, 0, -1, -1),
        {"limits of the parent", SYS_prlimit64, ENOSYS, {parent, RLIMIT_NOFILE, 0, 0}},
        REFUSED(fcntl, 0, F_SETOWN, 1),
        REFUSED(fcntl, 0, F_SETSIG, SIGKILL),
    };
    expect_errors(rows, PC_COUNT(rows));
}

static void nothing_is_written(void **state)
{
    (void)state;
    const long secret = TEXT(jail_bed_secret()), new = TEXT("/tmp/perfcourse-new");
    const long folder = TEXT(jail_bed_folder());
    const struct call rows[] = {
        {"open for writing", SYS_open, EPERM, {secret, O_WRONLY}},
        {"openat for writing", SYS_openat, EPERM, {AT_FDCWD, secret, O_WRONLY}},
        {"openat for both", SYS_openat, EPERM, {AT_FDCWD, secret, O_RDWR | O_APPEND}},
        {"openat for ioctl", SYS_openat, EPERM, {AT_FDCWD, secret, O_ACCMODE}},
        {"openat to truncate", SYS_openat, EPERM, {AT_FDCWD, secret, O_TRUNC}},
        {"openat to create", SYS_openat, EPERM, {AT_FDCWD, new, O_CREAT, 0600}},
        {"O_TMPFILE", SYS_openat, EPERM, {AT_FDCWD, folder, O_TMPFILE | O_RDWR, 0600}},
        {"openat2", SYS_openat2, ENOSYS, {AT_FDCWD, secret, 0, 0}},
        {"/dev/null", SYS_openat, EPERM, {AT_FDCWD, TEXT("/dev/null"), O_WRONLY}},
        {"creat", SYS_creat, EPERM, {new, 0600}},
        {"truncate", SYS_truncate, EPERM, {secret, 0}},
        {"unlinkat", SYS_unlinkat, EPERM, {AT_FDCWD, secret, 0}},
        {"renameat2", SYS_renameat2, EPERM, {AT_FDCWD, secret, AT_FDCWD, new}},
        {"mkdirat", SYS_mkdirat, EPERM, {AT_FDCWD, new, 0700}},
        {"linkat", SYS_linkat, EPERM, {AT_FDCWD, secret, AT_FDCWD, new}},
        {"symlinkat", SYS_symlinkat, EPERM, {secret, AT_FDCWD, new}},
        {"mknodat", SYS_mknodat, EPERM, {AT_FDCWD, new, 0600, 0}},
        {"fchmodat", SYS_fchmodat, EPERM, {AT_FDCWD, secret, 0}},
        {"fchownat", SYS_fchownat, EPERM, {AT_FDCWD, secret, 0, 0}},
        {"utimensat", SYS_utimensat, EPERM, {AT_FDCWD, secret, 0, 0}},
        {"setxattr", SYS_setxattr, EPERM, {secret, TEXT("user.x"), TEXT("x"), 1}},
        {"mount", SYS_mount, EPERM, {0, TEXT("/"), 0, 0}},
        {"chroot", SYS_chroot, EPERM, {folder}},
        {"sync", SYS_sync, EPERM, {0}},
        {"flock", SYS_flock, ENOSYS, {0, 2}},
        {"inotify_init1", SYS_inotify_init1, ENOSYS, {0}},
    };
    expect_errors(rows, PC_COUNT(rows));
}

static void there_is_no_network_and_no_way_around(void **state)
{
    (void)state;
    static const struct call rows[] = {
        REFUSED(socket, AF_UNIX, SOCK_STREAM, 0),
        REFUSED(socket, AF_INET, SOCK_STREAM, 0),
        REFUSED(socket, AF_INET, SOCK_DGRAM, 0),
        REFUSED(socket, AF_INET6, SOCK_STREAM, 0),
        REFUSED(socket, AF_NETLINK, SOCK_RAW, 0),
        REFUSED(socket, AF_PACKET, SOCK_RAW, 0),
        REFUSED(socket, AF_ALG, SOCK_SEQPACKET, 0),
        REFUSED(socket, AF_VSOCK, SOCK_STREAM, 0),
        REFUSED(socketpair, AF_UNIX, SOCK_STREAM, 0, 0),
        REFUSED(connect, 0, 0, 0),
        REFUSED(bind, 0, 0, 0),
        REFUSED(listen, 0, 1),
        REFUSED(accept4, 0, 0, 0, 0),
        REFUSED(sendmsg, 1, 0, 0),
        REFUSED(io_uring_setup, 1, 0),
        REFUSED(io_uring_enter, 0, 0, 0, 0),
        REFUSED(bpf, 0, 0, 0),
        REFUSED(userfaultfd, 0),
        REFUSED(keyctl, 0, 0),
        REFUSED(add_key, 0, 0, 0, 0),
        REFUSED(shmget, 0, 4096, 0600),
        REFUSED(semget, 0, 1, 0600),
        REFUSED(msgget, 0, 0600),
        REFUSED(mq_open, TEXT("x"), O_RDWR | O_CREAT, 0600, 0),
        REFUSED(fanotify_init, 0, 0),
        REFUSED(open_by_handle_at, 0, 0, 0),
        REFUSED(seccomp, 0, 0, 0),
        UNKNOWN(io_setup, 1, 0),
        UNKNOWN(name_to_handle_at, AT_FDCWD, TEXT("/"), 0, 0),
        UNKNOWN(landlock_create_ruleset, 0, 0, 1),
        UNKNOWN(memfd_secret, 0),
        {"cachestat", CALL_CACHESTAT, ENOSYS, {0}},
        {"mseal", CALL_MSEAL, ENOSYS, {0}},
        {"a call of the future", CALL_FROM_THE_FUTURE, ENOSYS, {0}},
    };
    expect_errors(rows, PC_COUNT(rows));
}

static void neither_limits_nor_rights_nor_the_machine_change(void **state)
{
    (void)state;
    static const struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY}, less = {0, 0};
    static const struct call rows[] = {
        REFUSED(prlimit64, 0, RLIMIT_AS, TEXT(&more), 0),
        REFUSED(prlimit64, 0, RLIMIT_CORE, TEXT(&more), 0),
        REFUSED(prlimit64, 0, RLIMIT_NOFILE, TEXT(&less), 0),
        REFUSED(setrlimit, RLIMIT_CPU, TEXT(&more)),
        REFUSED(setuid, 0),
        REFUSED(setresuid, 0, 0, 0),
        REFUSED(setgroups, 0, 0),
        REFUSED(capset, 0, 0),
        REFUSED(setpriority, PRIO_PROCESS, 0, 19),
        REFUSED(sched_setaffinity, 0, 8, 0),
        REFUSED(sched_setscheduler, 0, 0, 0),
        REFUSED(ioprio_set, 1, 0, 0),
        REFUSED(personality, 0x0040000),
        REFUSED(prctl, PR_SET_PDEATHSIG, 0),
        REFUSED(prctl, PR_SET_DUMPABLE, 1),
        REFUSED(prctl, PR_SET_CHILD_SUBREAPER, 1),
        REFUSED(prctl, PR_SET_PTRACER, -1),
        REFUSED(prctl, PR_SET_MM, 0, 0),
        REFUSED(prctl, PR_SET_TSC, PR_TSC_SIGSEGV),
        REFUSED(prctl, PR_SET_SECCOMP, 1),
        UNKNOWN(prctl, PR_SET_SYSCALL_USER_DISPATCH, 0, 0, 0),
        UNKNOWN(prctl, PR_TASK_PERF_EVENTS_DISABLE),
        REFUSED(ioctl, 0, TIOCSTI, 0),
        REFUSED(ioctl, 0, TIOCSCTTY, 1),
        UNKNOWN(ioctl, 0, TIOCSWINSZ, 0),
        REFUSED(settimeofday, 0, 0),
        REFUSED(clock_settime, 0, 0),
        REFUSED(adjtimex, 0),
        REFUSED(reboot, 0, 0, 0, 0),
        REFUSED(sethostname, TEXT("x"), 1),
        REFUSED(syslog, 10, 0, 0),
        REFUSED(init_module, 0, 0, 0),
        REFUSED(kexec_load, 0, 0, 0, 0),
        REFUSED(swapon, TEXT("/nothing"), 0),
        UNKNOWN(ioperm, 0, 1, 1),
    };
    expect_errors(rows, PC_COUNT(rows));
}

static void only_what_programs_need_can_be_read(void **state)
{
    (void)state;
    if (jail_bed_landlock() == 0)
        skip();
    const long parent = getpid();
    char maps[64];
    snprintf(maps, sizeof maps, "/proc/%ld/maps", parent);
    const char *const paths[] = {jail_bed_secret(), "/etc/shadow", "/etc/passwd",  "/",
                                 "/root",           "/home",       "/tmp",         "/proc",
                                 "/proc/1/environ", maps,          "/proc/version"};
    for (size_t i = 0; i < PC_COUNT(paths); i++) {
        const struct call rows[] = {
            {paths[i], SYS_openat, EACCES, {AT_FDCWD, TEXT(paths[i])}}};
        if (access(paths[i], F_OK) == 0)
            expect_errors(rows, PC_COUNT(rows));
    }
}

#ifdef __x86_64__
static long call_as_32_bit(const void *row)
{
    (void)row;
    long result = 20; /* getpid() there, writev() here */
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
    return result;
}

static long call_as_x32(const void *row)
{
    (void)row;
    return jail_bed_result(syscall(0x40000000 | SYS_getpid));
}

/* Where the kernel has no 32-bit calls at all, their gate is a fault. */
static void numbers_of_other_architectures_kill(void **state)
{
    (void)state;
    struct jail_end end = jail_bed_try(false, jail_bed_enter, call_as_32_bit, NULL);
    if (end.signal != SIGSYS && end.signal != SIGSEGV)
        fail_msg("int 0x80: signal %d, result %ld", end.signal, end.result);
    end = jail_bed_try(false, jail_bed_enter, call_as_x32, NULL);
    assert_int_equal(end.signal, SIGSYS);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_process_is_started),
        cmocka_unit_test(no_other_process_is_touched),
        cmocka_unit_test(nothing_is_written),
        cmocka_unit_test(there_is_no_network_and_no_way_around),
        cmocka_unit_test(neither_limits_nor_rights_nor_the_machine_change),
        cmocka_unit_test(only_what_programs_need_can_be_read),
#ifdef __x86_64__
        cmocka_unit_test(numbers_of_other_architectures_kill),
#endif
    };
    return cmocka_run_group_tests(tests, jail_bed_setup, jail_bed_teardown);
}
