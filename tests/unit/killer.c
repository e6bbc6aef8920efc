#include "killer.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"

enum { HANGS_S = 60, SYSCALL_STOP = SIGTRAP | 0x80 };

/* Calls that change files; which of them there are depends on the machine. */
static const long changing[] = {
    SYS_write,     SYS_pwrite64,  SYS_writev,   SYS_pwritev,   SYS_fsync,     SYS_fdatasync,
    SYS_ftruncate, SYS_fallocate, SYS_renameat, SYS_renameat2, SYS_unlinkat,  SYS_linkat,
    SYS_symlinkat, SYS_mkdirat,   SYS_fchmod,   SYS_fchmodat,  SYS_utimensat,
#ifdef SYS_rename
    SYS_rename,    SYS_unlink,    SYS_link,     SYS_symlink,   SYS_mkdir,     SYS_rmdir,
    SYS_chmod,     SYS_creat,
#endif
};

static bool is_write(long number)
{
    return number == SYS_write || number == SYS_pwrite64;
}

/* A write to a pipe changes no file, and libraries rely on it. */
static bool is_write_elsewhere(pid_t child, const struct __ptrace_syscall_info *call)
{
    struct stat st;
    if (!is_write((long)call->entry.nr))
        return false;
    PC_AUTO(pc_auto_free) char *path =
        pc_strfmt("/proc/%d/fd/%d", (int)child, (int)call->entry.args[0]);
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

static bool changes_files(pid_t child, const struct __ptrace_syscall_info *call)
{
    long number = (long)call->entry.nr;
    if (is_write_elsewhere(child, call))
        return false;
    if (number == SYS_openat)
        return (call->entry.args[2] & (O_CREAT | O_TRUNC)) != 0;
#ifdef SYS_open
    if (number == SYS_open)
        return (call->entry.args[1] & (O_CREAT | O_TRUNC)) != 0;
#endif
    for (size_t i = 0; i < PC_COUNT(changing); i++)
        if (changing[i] == number)
            return true;
    return false;
}

/* Registers have other names on each machine; only this one is known here. */
#ifdef __x86_64__
static bool set_register(pid_t child, size_t offset, long value)
{
    return ptrace(PTRACE_POKEUSER, child, (void *)offset, (void *)value) == 0;
}

static bool set_length(pid_t child, uint64_t n)
{
    return set_register(child, offsetof(struct user_regs_struct, rdx), (long)n);
}

static bool skip_call(pid_t child)
{
    return set_register(child, offsetof(struct user_regs_struct, orig_rax), -1);
}

static bool set_result(pid_t child, long value)
{
    return set_register(child, offsetof(struct user_regs_struct, rax), value);
}

static const bool knows_registers = true;
#else
static bool set_length(pid_t child, uint64_t n)
{
    return (void)child, (void)n, false;
}

static bool skip_call(pid_t child)
{
    return (void)child, false;
}

static bool set_result(pid_t child, long value)
{
    return (void)child, (void)value, false;
}

static const bool knows_registers = false;
#endif

static pid_t start(int (*function)(void *ctx), void *ctx)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0)
        return child;
    /* The kernel itself ends what hangs. */
    alarm(HANGS_S);
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
        _exit(77);
    raise(SIGSTOP);
    _exit(function(ctx));
}

static bool resume(pid_t child, int signal)
{
    return ptrace(PTRACE_SYSCALL, child, NULL, (void *)(intptr_t)signal) == 0;
}

/* Go on to the next system call's beginning or end; false when the child has ended. */
static bool next_stop(pid_t child, int *status)
{
    int signal = 0;
    for (;;) {
        if (!resume(child, signal) && errno != ESRCH)
            fail_msg("the child cannot be resumed");
        assert_int_equal(waitpid(child, status, 0), child);
        if (!WIFSTOPPED(*status))
            return false;
        if (WSTOPSIG(*status) == SYSCALL_STOP)
            return true;
        signal = WSTOPSIG(*status);
    }
}

static void end(pid_t child, int *status)
{
    kill(child, SIGKILL);
    while (waitpid(child, status, 0) == child && WIFSTOPPED(*status))
        ;
}

/* The call that was looked for has begun: do what is planned. */
static bool strike(pid_t child, const struct killer_plan *plan,
                   const struct __ptrace_syscall_info *call, int *status)
{
    if (plan->act == KILLER_MEET) {
        plan->meet(plan->ctx);
        return true;
    }
    bool torn = plan->act == KILLER_TORN && is_write((long)call->entry.nr);
    if (torn)
        assert_true(set_length(child, call->entry.args[2] / 2));
    if (plan->act == KILLER_FAIL)
        assert_true(skip_call(child));
    if (plan->act != KILLER_BEFORE && !next_stop(child, status))
        return false;
    if (plan->act != KILLER_FAIL)
        end(child, status);
    else
        assert_true(set_result(child, -(long)plan->error));
    return plan->act == KILLER_FAIL;
}

struct killer_end killer_run(const struct killer_plan *plan, int (*function)(void *ctx),
                             void *ctx)
{
    struct killer_end found = {0};
    int status;
    unsigned n = 0;
    pid_t child = start(function, ctx);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSTOPPED(status));
    assert_int_equal(ptrace(PTRACE_SETOPTIONS, child, NULL,
                            (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)),
                     0);
    for (bool runs = next_stop(child, &status); runs; runs = next_stop(child, &status)) {
        struct __ptrace_syscall_info call;
        assert_true(ptrace(PTRACE_GET_SYSCALL_INFO, child, (void *)sizeof call, &call) > 0);
        if (call.op != PTRACE_SYSCALL_INFO_ENTRY ||
            !(plan->all || changes_files(child, &call)) || ++n != plan->nth)
            continue;
        found.reached = true;
        found.call = (long)call.entry.nr;
        if (!strike(child, plan, &call, &status))
            break;
    }
    found.ended = WIFEXITED(status);
    found.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL && found.reached;
    if (!found.ended && !killed)
        fail_msg("the child ended by signal %d at call %u", WTERMSIG(status), n);
    return found;
}

static int touch_nothing(void *ctx)
{
    (void)ctx;
    return getppid() > 0 ? 5 : 6;
}

static bool can(enum killer_act act)
{
    if ((act == KILLER_FAIL || act == KILLER_TORN) && !knows_registers)
        return false;
    int status;
    pid_t child = start(touch_nothing, NULL);
    bool can = waitpid(child, &status, 0) == child && WIFSTOPPED(status) &&
               ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)PTRACE_O_TRACESYSGOOD) == 0 &&
               next_stop(child, &status);
    struct __ptrace_syscall_info call;
    can = can && ptrace(PTRACE_GET_SYSCALL_INFO, child, (void *)sizeof call, &call) > 0 &&
          call.op == PTRACE_SYSCALL_INFO_ENTRY;
    if (!WIFEXITED(status))
        end(child, &status);
    return can;
}

const struct killer_plan killer_kills[KILLER_KILLS] = {
    {.act = KILLER_BEFORE},
    {.act = KILLER_AFTER},
    {.act = KILLER_BEFORE, .all = true},
};
const struct killer_plan killer_tear = {.act = KILLER_TORN};
const struct killer_plan killer_failures[KILLER_FAILURES] = {
    {.act = KILLER_FAIL, .error = ENOSPC},
    {.act = KILLER_FAIL, .error = EIO},
};

void killer_needs(enum killer_act act)
{
    if (can(act))
        return;
    print_message("skipped: calls of children cannot be traced, or changed, here\n");
    skip();
}

bool killer_has_time(void)
{
    return getenv("PC_HOSTILE") != NULL;
}

void *killer_share(unsigned long n)
{
    void *memory = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(memory != MAP_FAILED);
    return memory;
}

void killer_unshare(void *memory, unsigned long n)
{
    assert_int_equal(munmap(memory, n), 0);
}
