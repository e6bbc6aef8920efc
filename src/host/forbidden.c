#include "host/forbidden.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/mem.h"

#define NEVER(name) \
    { \
        .call = SCMP_SYS(name), .error = EPERM \
    }
/* As on a kernel without it, so that libc has another way. */
#define ABSENT(name) \
    { \
        .call = SCMP_SYS(name), .error = ENOSYS \
    }
#define WHEN(name, ...) \
    { \
        SCMP_SYS(name), EPERM, \
        { \
            __VA_ARGS__ \
        } \
    }
#define IS_NOT(arg, value) \
    { \
        PC_ARG_IS_NOT, arg, value, 0 \
    }
/* Integer arguments are compared in 32 bits: the upper half of the register is whatever
 * the caller left there. */
#define MASKED(arg, mask, value) \
    { \
        PC_ARG_MASKED, arg, value, mask \
    }

/* Opening for anything but reading.  Truncating needs no right to write, creating leaves
 * a file behind. */
#define WRITES(name, arg) \
    WHEN(name, MASKED(arg, O_ACCMODE, O_WRONLY)), \
        WHEN(name, MASKED(arg, O_ACCMODE, O_RDWR)), \
        WHEN(name, MASKED(arg, O_ACCMODE, O_ACCMODE)), \
        WHEN(name, MASKED(arg, O_CREAT, O_CREAT)), \
        WHEN(name, MASKED(arg, O_TRUNC, O_TRUNC))

static const struct pc_forbidden calls[] = {
    /* Processes.  Threads are fine, so clone() is looked at; clone3() keeps its flags in
     * memory where a filter cannot see them, and libc falls back to clone(). */
    WHEN(clone, MASKED(0, CLONE_THREAD, 0)),
    /* Or nobody would count what such a thread does. */
    WHEN(clone, MASKED(0, CLONE_UNTRACED, CLONE_UNTRACED)),
    ABSENT(clone3),
    NEVER(fork),
    NEVER(vfork),
    NEVER(execveat),
    NEVER(setsid),
    NEVER(setpgid),
    NEVER(unshare),
    NEVER(setns),

    /* Other processes: signals, memory, descriptors, tracing. */
    NEVER(tkill),
    NEVER(rt_sigqueueinfo),
    NEVER(rt_tgsigqueueinfo),
    NEVER(pidfd_send_signal),
    NEVER(pidfd_open),
    NEVER(pidfd_getfd),
    NEVER(ptrace),
    NEVER(process_vm_readv),
    NEVER(process_vm_writev),
    NEVER(process_madvise),
    NEVER(kcmp),
    NEVER(migrate_pages),
    NEVER(move_pages),
    NEVER(perf_event_open),

    /* Files: nothing is created, changed or removed. */
    WRITES(open, 1),
    WRITES(openat, 2),
    ABSENT(openat2),
    NEVER(creat),
    NEVER(unlink),
    NEVER(unlinkat),
    NEVER(rename),
    NEVER(renameat),
    NEVER(renameat2),
    NEVER(mkdir),
    NEVER(mkdirat),
    NEVER(rmdir),
    NEVER(link),
    NEVER(linkat),
    NEVER(symlink),
    NEVER(symlinkat),
    NEVER(mknod),
    NEVER(mknodat),
    NEVER(truncate),
    NEVER(chmod),
    NEVER(fchmod),
    NEVER(fchmodat),
    NEVER(chown),
    NEVER(lchown),
    NEVER(fchown),
    NEVER(fchownat),
    NEVER(utime),
    NEVER(utimes),
    NEVER(futimesat),
    NEVER(utimensat),
    NEVER(setxattr),
    NEVER(lsetxattr),
    NEVER(fsetxattr),
    NEVER(removexattr),
    NEVER(lremovexattr),
    NEVER(fremovexattr),
    NEVER(open_by_handle_at),
    NEVER(quotactl),

    /* Objects of the system that outlive a process. */
    NEVER(shmget),
    NEVER(msgget),
    NEVER(semget),
    NEVER(mq_open),
    NEVER(mq_unlink),
    NEVER(add_key),
    NEVER(request_key),
    NEVER(keyctl),

    /* The network, and the ways around a filter. */
    NEVER(socket),
    NEVER(socketpair),
    NEVER(connect),
    NEVER(bind),
    NEVER(listen),
    ABSENT(io_uring_setup),
    ABSENT(io_uring_enter),
    ABSENT(io_uring_register),
    NEVER(bpf),
    NEVER(userfaultfd),
    NEVER(fanotify_init),

    /* Mounts and roots. */
    NEVER(mount),
    NEVER(umount2),
    NEVER(pivot_root),
    NEVER(chroot),
    NEVER(fsopen),
    NEVER(fsconfig),
    NEVER(fsmount),
    NEVER(fspick),
    NEVER(open_tree),
    NEVER(move_mount),
    NEVER(mount_setattr),
    NEVER(swapon),
    NEVER(swapoff),

    /* The machine. */
    NEVER(reboot),
    NEVER(kexec_load),
    NEVER(kexec_file_load),
    NEVER(init_module),
    NEVER(finit_module),
    NEVER(delete_module),
    NEVER(settimeofday),
    NEVER(clock_settime),
    NEVER(adjtimex),
    NEVER(clock_adjtime),
    NEVER(sethostname),
    NEVER(setdomainname),
    NEVER(acct),
    NEVER(syslog),
    NEVER(vhangup),
    NEVER(iopl),
    NEVER(ioperm),

    /* Who we are, and limits.  Lowering RLIMIT_CORE, which is 0, is what AddressSanitizer
     * does at start and dies when it cannot; reading limits has no new value in arg 2. */
    NEVER(setuid),
    NEVER(setgid),
    NEVER(setreuid),
    NEVER(setregid),
    NEVER(setresuid),
    NEVER(setresgid),
    NEVER(setgroups),
    NEVER(setfsuid),
    NEVER(setfsgid),
    NEVER(capset),
    NEVER(setpriority),
    NEVER(sched_setscheduler),
    NEVER(sched_setparam),
    NEVER(sched_setattr),
    NEVER(sched_setaffinity),
    NEVER(ioprio_set),
    WHEN(setrlimit, IS_NOT(0, RLIMIT_CORE)),
    WHEN(prlimit64, IS_NOT(1, RLIMIT_CORE), IS_NOT(2, 0)),

    /* What the worker has set for itself, and typing into the learner's terminal. */
    WHEN(prctl, MASKED(0, UINT32_MAX, PR_SET_PDEATHSIG)),
    WHEN(prctl, MASKED(0, UINT32_MAX, PR_SET_DUMPABLE)),
    WHEN(prctl, MASKED(0, UINT32_MAX, PR_SET_CHILD_SUBREAPER)),
    WHEN(prctl, MASKED(0, UINT32_MAX, PR_SET_PTRACER)),
    WHEN(prctl, MASKED(0, UINT32_MAX, PR_SET_MM)),
    WHEN(prctl, MASKED(0, UINT32_MAX, PR_SET_TSC)),
    WHEN(ioctl, MASKED(1, UINT32_MAX, TIOCSTI)),
};

const struct pc_forbidden *pc_forbidden_calls(size_t *n)
{
    *n = PC_COUNT(calls);
    return calls;
}
