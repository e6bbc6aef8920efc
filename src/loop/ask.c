#include "loop/ask.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/usage.h"
#include "loop/spawn.h"

enum { ORDERS, ANSWERS, OUT, ERR, PIPES, CHUNK = 65536 };

struct asking {
    const struct pc_child_spec *spec;
    struct pc_str *answer;
    struct pollfd pipes[PIPES];
    const char *rest; /* of the order */
    size_t left;
    enum pc_end why; /* PC_END_EXITED until it must be stopped */
};

static void close_pipe(struct pollfd *pipe)
{
    if (pipe->fd >= 0)
        close(pipe->fd);
    pipe->fd = -1;
}

static void send_order(struct asking *a)
{
    struct pollfd *pipe = &a->pipes[ORDERS];
    ssize_t n = a->left ? pc_spawned_write(pipe->fd, a->rest, a->left) : 0;
    if (n > 0) {
        a->rest += n;
        a->left -= (size_t)n;
    }
    if (a->left == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        close_pipe(pipe);
}

static void receive(struct asking *a, int which)
{
    char chunk[CHUNK];
    ssize_t n = read(a->pipes[which].fd, chunk, sizeof chunk);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        close_pipe(&a->pipes[which]);
    if (n <= 0 || which != ANSWERS)
        return;
    pc_str_add(a->answer, chunk, (size_t)n);
    if (a->spec->output > 0 && a->answer->len > a->spec->output)
        a->why = PC_END_OUTPUT;
}

/* Until the answers are closed or it must be stopped. */
static void converse(struct asking *a, int64_t deadline)
{
    while (a->pipes[ANSWERS].fd >= 0 && a->why == PC_END_EXITED) {
        int64_t left = (deadline - pc_now()) / 1000000 + 1;
        if (a->spec->wall_ms > 0 && left <= 0) {
            a->why = PC_END_WALL;
            return;
        }
        if (poll(a->pipes, PIPES, a->spec->wall_ms > 0 ? (int)left : -1) <= 0)
            continue;
        for (int i = 0; i < PIPES; i++) {
            if (a->pipes[i].fd < 0 || !a->pipes[i].revents)
                continue;
            if (i == ORDERS)
                send_order(a);
            else
                receive(a, i);
        }
    }
}

/* All of its group is killed while it still reserves the group's number; what it started has
 * become ours to wait for. */
static void reap(const struct asking *a, int pid, struct pc_child_end *end)
{
    struct rusage usage = {0};
    int status = 0;
    kill(-pid, SIGKILL);
    while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR)
        continue;
    while (waitpid(-pid, NULL, 0) > 0)
        continue;
    end->cpu_ns = pc_usage_cpu_ns(&usage);
    end->peak = (uint64_t)usage.ru_maxrss * 1024;
    end->why = a->why;
    if (a->why != PC_END_EXITED)
        return;
    if (WIFEXITED(status)) {
        end->status = WEXITSTATUS(status);
    } else if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL) {
        end->status = WTERMSIG(status);
        end->why = end->status == SIGXCPU ? PC_END_CPU : PC_END_SIGNAL;
    }
}

bool pc_child_ask(const struct pc_child_spec *spec, const struct pc_str *order,
                  struct pc_str *answer, struct pc_child_end *end, struct pc_err *err)
{
    struct pc_child_spec with_orders = *spec;
    with_orders.orders = true;
    struct pc_spawned spawned;
    int64_t started = pc_now();
    int adopts = 0;
    prctl(PR_GET_CHILD_SUBREAPER, &adopts);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (!pc_spawn(&with_orders, &spawned, err)) {
        prctl(PR_SET_CHILD_SUBREAPER, adopts);
        return false;
    }
    struct asking asking = {.spec = spec,
                            .answer = answer,
                            .pipes = {[ORDERS] = {.fd = spawned.orders, .events = POLLOUT},
                                      [ANSWERS] = {.fd = spawned.answers, .events = POLLIN},
                                      [OUT] = {.fd = spawned.out, .events = POLLIN},
                                      [ERR] = {.fd = spawned.err, .events = POLLIN}},
                            .rest = pc_str_get(order),
                            .left = order->len,
                            .why = PC_END_EXITED};
    converse(&asking, started + spec->wall_ms * 1000000);
    *end = (struct pc_child_end){0};
    reap(&asking, spawned.pid, end);
    prctl(PR_SET_CHILD_SUBREAPER, adopts);
    end->wall_ns = pc_now() - started;
    for (int i = 0; i < PIPES; i++)
        close_pipe(&asking.pipes[i]);
    return true;
}
