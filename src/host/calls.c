#include "host/calls.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>

#include "base/mem.h"

#define CALL(name) SCMP_SYS(name)

/* Memory, which RLIMIT_AS and RLIMIT_MEMLOCK bound. */
static const int memory[] = {
    CALL(brk),     CALL(mmap),     CALL(munmap),     CALL(mprotect),     CALL(mremap),
    CALL(madvise), CALL(mincore),  CALL(msync),      CALL(mlock),        CALL(mlock2),
    CALL(munlock), CALL(mlockall), CALL(munlockall), CALL(memfd_create), CALL(membarrier),
};

/* Threads, their locks and their ends; clone() is looked at below. */
static const int threads[] = {
    CALL(futex),
    CALL(futex_waitv),
    CALL(set_robust_list),
    CALL(get_robust_list),
    CALL(set_tid_address),
    CALL(rseq),
    CALL(gettid),
    CALL(exit),
    CALL(exit_group),
    CALL(sched_yield),
    CALL(sched_getaffinity),
    CALL(sched_getscheduler),
    CALL(sched_getparam),
    CALL(sched_getattr),
    CALL(sched_get_priority_max),
    CALL(sched_get_priority_min),
    CALL(getcpu),
    CALL(arch_prctl),
    CALL(wait4),
    CALL(waitid), /* there is nobody to wait for, which they say */
};

/* Clocks are mostly read without a call; not on every machine. */
static const int times[] = {
    CALL(clock_gettime),  CALL(clock_getres),    CALL(gettimeofday),     CALL(time),
    CALL(times),          CALL(nanosleep),       CALL(clock_nanosleep),  CALL(alarm),
    CALL(pause),          CALL(setitimer),       CALL(getitimer),        CALL(timer_create),
    CALL(timer_settime),  CALL(timer_gettime),   CALL(timer_getoverrun), CALL(timer_delete),
    CALL(timerfd_create), CALL(timerfd_settime), CALL(timerfd_gettime),
};

/* Handlers; whom a signal may be sent to is looked at elsewhere. */
static const int signals[] = {
    CALL(rt_sigaction),  CALL(rt_sigprocmask),  CALL(rt_sigreturn), CALL(rt_sigsuspend),
    CALL(rt_sigpending), CALL(rt_sigtimedwait), CALL(sigaltstack),  CALL(restart_syscall),
    CALL(signalfd),      CALL(signalfd4),
};

/* What descriptors can do that are open: the streams, files that are read, pipes and memory
 * files that the process makes for itself. */
static const int descriptors[] = {
    CALL(read),         CALL(write),
    CALL(readv),        CALL(writev),
    CALL(pread64),      CALL(pwrite64),
    CALL(preadv),       CALL(pwritev),
    CALL(preadv2),      CALL(pwritev2),
    CALL(lseek),        CALL(close),
    CALL(close_range),  CALL(dup),
    CALL(dup2),         CALL(dup3),
    CALL(pipe),         CALL(pipe2),
    CALL(eventfd),      CALL(eventfd2),
    CALL(poll),         CALL(ppoll),
    CALL(select),       CALL(pselect6),
    CALL(epoll_create), CALL(epoll_create1),
    CALL(epoll_ctl),    CALL(epoll_wait),
    CALL(epoll_pwait),  CALL(epoll_pwait2),
    CALL(sendfile),     CALL(splice),
    CALL(tee),          CALL(copy_file_range),
    CALL(ftruncate),    CALL(fallocate),
    CALL(fsync),        CALL(fdatasync),
    CALL(fadvise64),
};

/* Files are looked at; Landlock says which may be read. */
static const int files[] = {
    CALL(fstat),    CALL(stat),       CALL(lstat),  CALL(newfstatat), CALL(statx),
    CALL(statfs),   CALL(fstatfs),    CALL(access), CALL(faccessat),  CALL(faccessat2),
    CALL(readlink), CALL(readlinkat), CALL(getcwd), CALL(getdents64),
};

/* Who and where one is, and chance. */
static const int questions[] = {
    CALL(getpid),    CALL(getppid),   CALL(getpgid), CALL(getpgrp),     CALL(getsid),
    CALL(getuid),    CALL(geteuid),   CALL(getgid),  CALL(getegid),     CALL(getresuid),
    CALL(getresgid), CALL(getgroups), CALL(capget),  CALL(getpriority), CALL(getrlimit),
    CALL(getrusage), CALL(uname),     CALL(sysinfo), CALL(getrandom),
};

/* Processes: none is started, none leaves its group. */
static const int processes[] = {
    CALL(fork),    CALL(vfork),   CALL(execveat), CALL(setsid),
    CALL(setpgid), CALL(unshare), CALL(setns),
};

/* Other processes: their signals, memory, descriptors. */
static const int others[] = {
    CALL(tkill),
    CALL(rt_sigqueueinfo),
    CALL(rt_tgsigqueueinfo),
    CALL(pidfd_send_signal),
    CALL(pidfd_open),
    CALL(pidfd_getfd),
    CALL(ptrace),
    CALL(process_vm_readv),
    CALL(process_vm_writev),
    CALL(process_madvise),
    CALL(kcmp),
    CALL(migrate_pages),
    CALL(move_pages),
    CALL(perf_event_open),
};

/* The file system: nothing is created, changed or removed. */
static const int changes[] = {
    CALL(creat),        CALL(unlink),
    CALL(unlinkat),     CALL(rename),
    CALL(renameat),     CALL(renameat2),
    CALL(mkdir),        CALL(mkdirat),
    CALL(rmdir),        CALL(link),
    CALL(linkat),       CALL(symlink),
    CALL(symlinkat),    CALL(mknod),
    CALL(mknodat),      CALL(truncate),
    CALL(chmod),        CALL(fchmod),
    CALL(fchmodat),     CALL(chown),
    CALL(lchown),       CALL(fchown),
    CALL(fchownat),     CALL(utime),
    CALL(utimes),       CALL(futimesat),
    CALL(utimensat),    CALL(setxattr),
    CALL(lsetxattr),    CALL(fsetxattr),
    CALL(removexattr),  CALL(lremovexattr),
    CALL(fremovexattr), CALL(open_by_handle_at),
    CALL(mount),        CALL(umount2),
    CALL(pivot_root),   CALL(chroot),
    CALL(sync),         CALL(syncfs),
};

/* Sockets of every kind, and what is done with them. */
static const int sockets[] = {
    CALL(socket),   CALL(socketpair), CALL(connect),  CALL(bind),    CALL(listen),
    CALL(accept),   CALL(accept4),    CALL(sendto),   CALL(sendmsg), CALL(sendmmsg),
    CALL(recvfrom), CALL(recvmsg),    CALL(recvmmsg),
};

/* Objects of the system that outlive a process, and its rings, programs and faults. */
static const int objects[] = {
    CALL(shmget),
    CALL(msgget),
    CALL(semget),
    CALL(mq_open),
    CALL(mq_unlink),
    CALL(add_key),
    CALL(request_key),
    CALL(keyctl),
    CALL(io_uring_setup),
    CALL(io_uring_enter),
    CALL(io_uring_register),
    CALL(bpf),
    CALL(userfaultfd),
    CALL(fanotify_init),
    CALL(seccomp),
};

/* The machine, and the rights and limits of this process. */
static const int rights[] = {
    CALL(reboot),
    CALL(kexec_load),
    CALL(init_module),
    CALL(finit_module),
    CALL(delete_module),
    CALL(settimeofday),
    CALL(clock_settime),
    CALL(adjtimex),
    CALL(clock_adjtime),
    CALL(sethostname),
    CALL(acct),
    CALL(syslog),
    CALL(swapon),
    CALL(swapoff),
    CALL(setuid),
    CALL(setgid),
    CALL(setreuid),
    CALL(setregid),
    CALL(setresuid),
    CALL(setresgid),
    CALL(setgroups),
    CALL(setfsuid),
    CALL(setfsgid),
    CALL(capset),
    CALL(setpriority),
    CALL(sched_setscheduler),
    CALL(sched_setparam),
    CALL(sched_setattr),
    CALL(sched_setaffinity),
    CALL(ioprio_set),
    CALL(setrlimit),
};

#define ALLOWED(group) \
    { \
        true, group, PC_COUNT(group) \
    }
#define REFUSED(group) \
    { \
        false, group, PC_COUNT(group) \
    }

static const struct pc_call_group groups[] = {
    ALLOWED(memory),      ALLOWED(threads), ALLOWED(times),     ALLOWED(signals),
    ALLOWED(descriptors), ALLOWED(files),   ALLOWED(questions), REFUSED(processes),
    REFUSED(others),      REFUSED(changes), REFUSED(sockets),   REFUSED(objects),
    REFUSED(rights),
};

#define WHEN(name, ...) \
    { \
        CALL(name), true, \
        { \
            __VA_ARGS__ \
        } \
    }
#define NOT_WHEN(name, ...) \
    { \
        CALL(name), false, \
        { \
            __VA_ARGS__ \
        } \
    }
#define IS(arg, value) \
    { \
        PC_ARG_IS, arg, value, 0 \
    }
#define IS_NOT(arg, value) \
    { \
        PC_ARG_IS_NOT, arg, value, 0 \
    }
#define MASKED(arg, mask, value) \
    { \
        PC_ARG_MASKED, arg, value, mask \
    }
/* Integer arguments are compared in 32 bits: the upper half of the register is whatever the
 * caller left there. */
#define INT_IS(arg, value) MASKED(arg, UINT32_MAX, (uint32_t)(value))

/* A thread and nothing else: not a process, not one in namespaces of its own, and not one
 * that no tracer would see, because nobody would count what it does. */
#define NO_PLAIN_THREAD \
    (CLONE_UNTRACED | CLONE_PTRACE | CLONE_VFORK | CLONE_NEWNS | CLONE_NEWCGROUP | \
     CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

/* Opening for reading only.  Truncating needs no right to write, creating leaves a file
 * behind, and O_TMPFILE is both. */
#define TMPFILE_BIT (O_TMPFILE & ~O_DIRECTORY)
#define OPENS(name, arg) \
    WHEN(name, MASKED(arg, O_ACCMODE | O_CREAT | O_TRUNC | TMPFILE_BIT, O_RDONLY)), \
        NOT_WHEN(name, MASKED(arg, O_ACCMODE, O_WRONLY)), \
        NOT_WHEN(name, MASKED(arg, O_ACCMODE, O_RDWR)), \
        NOT_WHEN(name, MASKED(arg, O_ACCMODE, O_ACCMODE)), \
        NOT_WHEN(name, MASKED(arg, O_CREAT, O_CREAT)), \
        NOT_WHEN(name, MASKED(arg, O_TRUNC, O_TRUNC)), \
        NOT_WHEN(name, MASKED(arg, TMPFILE_BIT, TMPFILE_BIT))

/* Names that headers of Debian 12 may lack. */
enum { SET_VMA_NAME = 0x53564d41, ANY_PERSONALITY = -1 };

static const struct pc_call_rule rules[] = {
    /* clone3() keeps its flags in memory where a filter cannot see them, so it is unknown,
     * and libc falls back to clone().  The same holds for openat2(). */
    WHEN(clone, MASKED(0, CLONE_THREAD | NO_PLAIN_THREAD, CLONE_THREAD)),
    NOT_WHEN(clone, MASKED(0, CLONE_THREAD, 0)),
    NOT_WHEN(clone, MASKED(0, CLONE_UNTRACED, CLONE_UNTRACED)),
    OPENS(open, 1),
    OPENS(openat, 2),

    /* Limits are read and never set, which would bind root to nothing. */
    WHEN(prlimit64, IS(0, 0), IS(2, 0)),
    NOT_WHEN(prlimit64, IS_NOT(2, 0)),

    WHEN(personality, IS(0, (uint32_t)ANY_PERSONALITY)), /* asks */
    NOT_WHEN(personality, IS_NOT(0, (uint32_t)ANY_PERSONALITY)),

    /* Names of threads and of memory, and questions.  Not what the host has set: by whose
     * death it dies, who may look into it, what it may do. */
    WHEN(prctl, INT_IS(0, PR_SET_NAME)),
    WHEN(prctl, INT_IS(0, PR_GET_NAME)),
    WHEN(prctl, INT_IS(0, SET_VMA_NAME)),
    WHEN(prctl, INT_IS(0, PR_GET_DUMPABLE)),
    WHEN(prctl, INT_IS(0, PR_GET_PDEATHSIG)),
    WHEN(prctl, INT_IS(0, PR_GET_NO_NEW_PRIVS)),
    WHEN(prctl, INT_IS(0, PR_GET_SECCOMP)),
    WHEN(prctl, INT_IS(0, PR_CAPBSET_READ)),
    WHEN(prctl, INT_IS(0, PR_GET_TIMERSLACK)),
    WHEN(prctl, INT_IS(0, PR_GET_THP_DISABLE)),
    WHEN(prctl, INT_IS(0, PR_SET_THP_DISABLE)),
    NOT_WHEN(prctl, INT_IS(0, PR_SET_PDEATHSIG)),
    NOT_WHEN(prctl, INT_IS(0, PR_SET_DUMPABLE)),
    NOT_WHEN(prctl, INT_IS(0, PR_SET_CHILD_SUBREAPER)),
    NOT_WHEN(prctl, INT_IS(0, PR_SET_PTRACER)),
    NOT_WHEN(prctl, INT_IS(0, PR_SET_MM)),
    NOT_WHEN(prctl, INT_IS(0, PR_SET_TSC)),
    NOT_WHEN(prctl, INT_IS(0, PR_SET_SECCOMP)),
    NOT_WHEN(prctl, INT_IS(0, PR_SET_SECUREBITS)),
    NOT_WHEN(prctl, INT_IS(0, PR_CAP_AMBIENT)),

    /* Is it a terminal, how much is there to read; not typing into the learner's. */
    WHEN(ioctl, INT_IS(1, TCGETS)),
    WHEN(ioctl, INT_IS(1, TIOCGWINSZ)),
    WHEN(ioctl, INT_IS(1, FIONREAD)),
    WHEN(ioctl, INT_IS(1, FIONBIO)),
    WHEN(ioctl, INT_IS(1, FIOCLEX)),
    WHEN(ioctl, INT_IS(1, FIONCLEX)),
    NOT_WHEN(ioctl, INT_IS(1, TIOCSTI)),
    NOT_WHEN(ioctl, INT_IS(1, TIOCSCTTY)),

    /* Locks would be seen by others, owners and leases send signals to them. */
    WHEN(fcntl, INT_IS(1, F_DUPFD)),
    WHEN(fcntl, INT_IS(1, F_DUPFD_CLOEXEC)),
    WHEN(fcntl, INT_IS(1, F_GETFD)),
    WHEN(fcntl, INT_IS(1, F_SETFD)),
    WHEN(fcntl, INT_IS(1, F_GETFL)),
    WHEN(fcntl, INT_IS(1, F_SETFL)),
    WHEN(fcntl, INT_IS(1, F_GETPIPE_SZ)),
    WHEN(fcntl, INT_IS(1, F_SETPIPE_SZ)),
    WHEN(fcntl, INT_IS(1, F_ADD_SEALS)),
    WHEN(fcntl, INT_IS(1, F_GET_SEALS)),
    NOT_WHEN(fcntl, INT_IS(1, F_SETOWN)),
    NOT_WHEN(fcntl, INT_IS(1, F_SETOWN_EX)),
    NOT_WHEN(fcntl, INT_IS(1, F_SETSIG)),
    NOT_WHEN(fcntl, INT_IS(1, F_SETLEASE)),
    NOT_WHEN(fcntl, INT_IS(1, F_NOTIFY)),
};

const struct pc_call_group *pc_call_groups(size_t *n)
{
    *n = PC_COUNT(groups);
    return groups;
}

const struct pc_call_rule *pc_call_rules(size_t *n)
{
    *n = PC_COUNT(rules);
    return rules;
}
