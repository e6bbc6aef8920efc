#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/usage.h"
#include "loop/inner.h"

static struct pc_child *find_child(const struct pc_loop *loop, int pid)
{
    struct pc_child *child = loop->children;
    while (child && (child->pid != pid || child->ended))
        child = child->next;
    return child;
}

static void credit(struct pc_child_end *end, const struct rusage *usage)
{
    uint64_t peak = (uint64_t)usage->ru_maxrss * 1024;
    end->cpu_ns += pc_usage_cpu_ns(usage);
    end->peak = peak > end->peak ? peak : end->peak;
}

static void wait_for(int pid, int *status, struct rusage *usage)
{
    *usage = (struct rusage){0};
    while (wait4(pid, status, 0, usage) < 0 && errno == EINTR)
        continue;
}

/* Its group is killed while the dead child still reserves the group's number. */
static void reap_child(struct pc_child *child)
{
    struct rusage usage;
    kill(-child->pid, SIGKILL);
    wait_for(child->pid, &child->status, &usage);
    child->ended = true;
    child->end.wall_ns = pc_now() - child->started;
    credit(&child->end, &usage);
}

/* A process that we killed was left behind: by the child whose session it is in, or, when
 * it has left that, by one that has just ended. */
static void blame(struct pc_loop *loop, const struct pc_child *owner)
{
    for (struct pc_child *child = loop->children; child; child = child->next)
        if (child->ended && !child->killed && (!owner || child == owner))
            child->end.left_processes = true;
}

static void reap_orphan(struct pc_loop *loop, const siginfo_t *info)
{
    struct rusage usage;
    int session = getsid(info->si_pid), status;
    wait_for(info->si_pid, &status, &usage);
    if (info->si_pid == loop->foreground.pid) {
        pc_foreground_ended(loop, status);
        return;
    }
    struct pc_child *owner = loop->children;
    while (owner && owner->pid != session)
        owner = owner->next;
    if (owner)
        credit(&owner->end, &usage);
    if (info->si_code == CLD_KILLED && info->si_status == SIGKILL)
        blame(loop, owner);
    pc_pids_drop(&loop->foreign, info->si_pid);
}

/* Whether processes are left that we do not wait for yet. */
static bool reap_ended(struct pc_loop *loop)
{
    for (;;) {
        siginfo_t info = {0};
        if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
            return errno != ECHILD;
        if (info.si_pid == 0)
            return true;
        struct pc_child *child = find_child(loop, info.si_pid);
        if (child)
            reap_child(child);
        else
            reap_orphan(loop, &info);
    }
}

/* Kill what has become ours because its parent ended, except what is in the session of a
 * child that still runs, or in our own session, which no child of ours can enter: that is
 * the program in the foreground, and what it started.  True when there was something: its
 * end will be told by SIGCHLD, and may give us its own children. */
static bool kill_orphans(struct pc_loop *loop)
{
    struct pc_pids pids = {0};
    bool killed = false;
    pc_family_children(getpid(), &pids);
    for (size_t i = 0; i < pids.n; i++) {
        int pid = pids.items[i];
        if (find_child(loop, pid) || find_child(loop, getsid(pid)) ||
            getsid(pid) == getsid(0) || pc_pids_has(&loop->foreign, pid))
            continue;
        if (kill(pid, SIGKILL) == 0)
            killed = true;
        else if (errno == EPERM)
            *PC_PUSH(&loop->foreign) = pid; /* it gained rights; we cannot end it */
    }
    pc_pids_fini(&pids);
    return killed;
}

static void judge_end(struct pc_child *child)
{
    struct pc_child_end *end = &child->end;
    int status = child->status;
    end->status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    /* A child that came to its own end before our signal did was not killed; but a flood,
     * a cancelling and a limit after which it was asked for a last word remain what they are. */
    if (child->killed && (WIFSIGNALED(status) || child->asked ||
                          end->why == PC_END_OUTPUT || end->why == PC_END_CANCELLED))
        return;
    bool used_up = child->cpu_s > 0 && end->cpu_ns >= child->cpu_s * 1000000000;
    if (!WIFSIGNALED(status))
        end->why = PC_END_EXITED;
    else if (end->status == SIGXCPU || (end->status == SIGKILL && used_up))
        end->why = PC_END_CPU;
    else
        end->why = PC_END_SIGNAL;
}

static void unlink_child(struct pc_child *child)
{
    struct pc_child **link = &child->loop->children;
    while (*link != child)
        link = &(*link)->next;
    *link = child->next;
    if (!child->loop->children && child->loop->foreground.pid == 0)
        uv_unref((uv_handle_t *)&child->loop->sigchld);
}

static void report(struct pc_child *child)
{
    for (int i = PC_PIPE_OUT; i <= PC_PIPE_ANSWERS; i++)
        pc_pipe_drain(&child->pipes[i]);
    for (int i = 0; i < PC_PIPES; i++)
        pc_pipe_close(&child->pipes[i]);
    uv_close((uv_handle_t *)&child->wall, pc_child_handle_closed);
    uv_close((uv_handle_t *)&child->watch, pc_child_handle_closed);
    judge_end(child);
    unlink_child(child);
    child->reported = true;
    if (child->ops && child->ops->done)
        child->ops->done(child->ctx, &child->end);
}

static struct pc_child *first_ended(struct pc_loop *loop)
{
    struct pc_child *child = loop->children;
    while (child && !child->ended)
        child = child->next;
    return child;
}

void pc_children_reap(struct pc_loop *loop)
{
    pc_foreground_look(loop);
    bool others = reap_ended(loop);
    if (!first_ended(loop) || (others && kill_orphans(loop)))
        return;
    for (struct pc_child *child; (child = first_ended(loop));)
        report(child);
}
