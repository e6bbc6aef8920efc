#include "host/tracer.h"

#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* After <sys/ptrace.h>, whose names it would take: the struct of PTRACE_GET_SYSCALL_INFO. */
#include <linux/ptrace.h>

bool pc_tracer_attach(pid_t pid, struct pc_err *err)
{
    const unsigned long options =
        PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
    int status;
    if (ptrace(PTRACE_SEIZE, pid, NULL, options) != 0 ||
        ptrace(PTRACE_INTERRUPT, pid, NULL, NULL) != 0 ||
        waitpid(pid, &status, __WALL) != pid || !WIFSTOPPED(status) ||
        ptrace(PTRACE_SYSCALL, pid, NULL, NULL) != 0)
        return pc_fail_errno(err, "system calls cannot be counted on this machine");
    return true;
}

static void count_call(struct pc_tracer *tracer, pid_t thread)
{
    struct ptrace_syscall_info info;
    if (!*(const volatile bool *)tracer->counting ||
        ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0 ||
        info.op != PTRACE_SYSCALL_INFO_ENTRY)
        return;
    tracer->calls++;
    tracer->connections += info.entry.nr == SYS_connect || info.entry.nr == SYS_accept4;
#ifdef SYS_accept
    tracer->connections += info.entry.nr == SYS_accept;
#endif
}

/* A stop is a system call, a new thread's first one, a signal on its way, or the whole
 * process stopping.  False for the last, which would be for ever. */
static bool handle_stop(struct pc_tracer *tracer, pid_t thread, int status)
{
    int signal = WSTOPSIG(status), event = status >> 16, deliver = 0;
    if (signal == (SIGTRAP | 0x80))
        count_call(tracer, thread);
    else if (event == PTRACE_EVENT_STOP && signal != SIGTRAP)
        return false;
    else if (event == 0)
        deliver = signal;
    /* It fails when the thread has died meanwhile; then its end is reported next. */
    ptrace(PTRACE_SYSCALL, thread, NULL, deliver);
    return true;
}

/* Passing the turn ends in a system call, so there is a stop after it to look at. */
bool pc_tracer_await(struct pc_tracer *tracer, struct pc_member *member)
{
    while (!pc_mailbox_await(member->box, PC_TURN_HOST, 0)) {
        int status;
        struct rusage usage;
        pid_t pid = wait4(-1, &status, __WALL, &usage);
        if (pid < 0 && errno == EINTR)
            continue;
        if (pid < 0)
            return false;
        if (WIFSTOPPED(status) && !handle_stop(tracer, pid, status)) {
            member->stopped = true;
            pc_member_end(member);
            return false;
        }
        if (!WIFSTOPPED(status) && pid == member->pid) {
            member->status = status;
            member->usage = usage;
            member->pid = 0;
            return false;
        }
    }
    return true;
}
