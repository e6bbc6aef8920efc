#include "host/member.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/tracer.h"
#include "wire/line.h"

/* Between two looks at whether a silent worker still lives. */
enum { LOOK_MS = 5 };

/* So many looks may find it stopped. */
enum { MOST_STOPPED = 200 };

bool pc_member_init(struct pc_member *member, const char *name, struct pc_err *err)
{
    *member = (struct pc_member){.name = name};
    member->box = pc_shared_create(sizeof *member->box);
    /* Nobody else's worker may write its answers. */
    if (!member->box || madvise(member->box, sizeof *member->box, MADV_DONTFORK) != 0)
        return pc_fail_errno(err, "no shared memory for a worker");
    return true;
}

/* The signal by which the parent says that time is over. */
static sigset_t last_call(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGABRT);
    return set;
}

void pc_member_await_last_call(void)
{
    sigset_t set = last_call();
    sigprocmask(SIG_BLOCK, &set, NULL);
}

/* Pass the last call on, once: the worker's own handler of that signal tells where it is. */
static void pass_last_call(struct pc_member *member)
{
    sigset_t set = last_call();
    if (member->asked || sigtimedwait(&set, NULL, &(struct timespec){0}) != SIGABRT)
        return;
    member->asked = true;
    kill(member->pid, SIGABRT);
}

/* The links of the folder of its threads, which are two more than threads: one system call,
 * beside a kernel that is being timed.  0 when that is not told. */
static uint64_t count_threads(const struct pc_member *member)
{
    struct stat st;
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", (int)member->pid);
    return stat(path, &st) == 0 && st.st_nlink > 2 ? st.st_nlink - 2 : 0;
}

/* Whoever starts threads without end takes those of everybody. */
static void end_crowd(struct pc_member *member)
{
    uint64_t threads = count_threads(member);
    if (threads <= PC_WIRE_THREADS)
        return;
    member->crowd = threads;
    kill(member->pid, SIGKILL);
}

/* In the child.  Fork cleared the death signal, and the host may have died meanwhile. */
static void detach(pid_t host)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != host)
        _exit(0);
    signal(SIGPIPE, SIG_DFL);
    sigset_t set = last_call();
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    closefrom(3);
}

/* A worker that stopped itself would be silent for ever; that is as good as dead.  Somebody who
 * stopped all of us continues all of us, one after the other, so it gets a moment for that. */
static bool has_died(struct pc_member *member)
{
    enum { LOOK = WNOHANG | WUNTRACED | WCONTINUED };
    int status;
    pid_t pid = wait4(member->pid, &status, LOOK, &member->usage);
    if (pid == 0 && member->looks_stopped > 0 && ++member->looks_stopped > MOST_STOPPED) {
        member->stopped = true;
        pc_member_end(member);
        return true;
    }
    if (pid != member->pid)
        return false;
    if (WIFSTOPPED(status) || WIFCONTINUED(status)) {
        member->looks_stopped = WIFSTOPPED(status);
        return false;
    }
    member->status = status;
    member->pid = 0;
    return true;
}

static bool await(struct pc_member *member)
{
    if (member->tracer)
        return pc_tracer_await(member->tracer, member);
    while (!pc_mailbox_await(member->box, PC_TURN_HOST, LOOK_MS)) {
        if (has_died(member))
            return false;
        pass_last_call(member);
        end_crowd(member);
    }
    return true;
}

bool pc_member_start(struct pc_member *member, const struct pc_worker_spec *spec,
                     struct pc_err *err)
{
    pid_t host = getpid();
    member->box->turn = member->tracer ? PC_TURN_HOST : PC_TURN_WORKER;
    madvise(member->box, sizeof *member->box, MADV_DOFORK);
    member->pid = fork();
    madvise(member->box, sizeof *member->box, MADV_DONTFORK);
    if (member->pid < 0) {
        member->pid = 0;
        return pc_fail_errno(err, "a worker cannot be started");
    }
    if (member->pid == 0) {
        detach(host);
        /* Nobody can be attached to once the jail is shut. */
        pc_mailbox_await(member->box, PC_TURN_WORKER, -1);
        pc_worker_run(spec, member->box);
    }
    if (clock_getcpuclockid(member->pid, &member->clock) != 0)
        return pc_fail_errno(err, "the processor time of a worker cannot be read");
    if (member->tracer) {
        if (!pc_tracer_attach(member->pid, err))
            return false;
        pc_mailbox_pass(member->box, PC_TURN_WORKER);
    }
    if (!await(member))
        return pc_fail(err, PC_ENVIRONMENT, "a worker died before it began");
    return true;
}

bool pc_member_call(struct pc_member *member, enum pc_order_kind kind)
{
    if (member->pid == 0)
        return false;
    member->box->order.kind = kind;
    pc_mailbox_pass(member->box, PC_TURN_WORKER);
    return await(member);
}

uint64_t pc_member_cpu(const struct pc_member *member)
{
    struct timespec ts;
    if (member->pid == 0 || clock_gettime(member->clock, &ts) != 0)
        return 0;
    return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

uint64_t pc_member_status(const struct pc_member *member, const char *key)
{
    uint64_t value = 0;
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", (int)member->pid);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, key, strlen(key)) == 0)
            value = strtoull(line + strlen(key), NULL, 10);
    if (file)
        fclose(file);
    return value;
}

uint64_t pc_member_threads_left(const struct pc_member *member)
{
    enum { LOOKS = 100, LOOK_US = 1000 };
    uint64_t n = 0;
    for (int k = 0; k < LOOKS; k++) {
        n = count_threads(member);
        if (n <= 1)
            break;
        usleep(LOOK_US);
    }
    return n > 0 ? n - 1 : 0;
}

void pc_member_end(struct pc_member *member)
{
    if (member->pid == 0)
        return;
    kill(member->pid, SIGKILL);
    while (wait4(member->pid, &member->status, 0, &member->usage) < 0 && errno == EINTR)
        ;
    member->pid = 0;
}
