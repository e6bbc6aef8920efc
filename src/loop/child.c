#include "loop/child.h"

#include <signal.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "loop/inner.h"
#include "loop/spawn.h"

/* The first process of a group is looked at often; the whole group seldom, since that
 * reads all of /proc. */
enum { WATCH_MS = 25, WATCH_GROUP = 10 };

enum { WALL_STEP_MS = 500, MOST_STEP_NS = 2 * WALL_STEP_MS * 1000000 };

void pc_child_stop(struct pc_child *child, enum pc_end why)
{
    if (!child->killed)
        child->end.why = why;
    child->killed = true;
    /* Once it is reaped its number may belong to somebody else. */
    if (!child->ended)
        kill(-child->pid, SIGKILL);
}

void pc_child_handle_closed(uv_handle_t *handle)
{
    struct pc_child *child = handle->data;
    child->handles--;
    if (child->handles == 0 && child->reported) {
        pc_str_fini(&child->queue);
        free(child);
    }
}

static void on_wall(uv_timer_t *timer);

/* Its time is over, or its memory.  One that was stopped could not even die of a signal that
 * it can handle, hence SIGCONT. */
static void reach_limit(struct pc_child *child, enum pc_end why)
{
    if (child->killed || child->ended || child->last_word_ms == 0) {
        pc_child_stop(child, why);
        return;
    }
    child->killed = child->asked = true;
    child->end.why = why;
    kill(child->pid, SIGABRT);
    kill(child->pid, SIGCONT);
    uv_timer_stop(&child->watch);
    uv_timer_start(&child->wall, on_wall, (uint64_t)child->last_word_ms, 0);
}

/* The time that a child has is counted in steps, of which none is longer than twice what it
 * should be: while we are stopped (Ctrl-Z, a debugger, a machine that sleeps) nobody answers
 * the child, and its time does not pass. */
static void on_wall(uv_timer_t *timer)
{
    struct pc_child *child = timer->data;
    int64_t now = pc_now(), passed = now - child->looked;
    child->looked = now;
    child->wall_left -= passed < MOST_STEP_NS ? passed : MOST_STEP_NS;
    if (child->asked || child->wall_left <= 0) {
        reach_limit(child, PC_END_WALL);
        return;
    }
    int64_t ms = child->wall_left / 1000000 + 1;
    uv_timer_start(timer, on_wall, (uint64_t)(ms < WALL_STEP_MS ? ms : WALL_STEP_MS), 0);
}

static void on_watch(uv_timer_t *timer)
{
    struct pc_child *child = timer->data;
    bool whole = child->watched++ % WATCH_GROUP == WATCH_GROUP - 1;
    struct pc_footprint uses =
        whole ? pc_family_group_footprint(child->pid) : pc_family_footprint(child->pid);
    if (child->resident > 0 && uses.resident > child->resident)
        reach_limit(child, PC_END_RESIDENT);
    else if (child->threads > 0 && uses.threads > child->threads)
        reach_limit(child, PC_END_THREADS);
}

static void start_timer(struct pc_child *child, uv_timer_t *timer, uv_timer_cb fn,
                        int64_t ms, int64_t again)
{
    uv_timer_init(&child->loop->uv, timer);
    timer->data = child;
    child->handles++;
    if (ms > 0)
        uv_timer_start(timer, fn, (uint64_t)ms, (uint64_t)again);
}

static bool open_pipes(struct pc_child *child, const struct pc_spawned *spawned)
{
    bool out = pc_pipe_open(child, PC_PIPE_OUT, PC_OUT, spawned->out);
    bool err = pc_pipe_open(child, PC_PIPE_ERR, PC_ERR, spawned->err);
    bool answers = pc_pipe_open(child, PC_PIPE_ANSWERS, PC_ANSWERS, spawned->answers);
    bool orders = pc_pipe_open(child, PC_PIPE_ORDERS, 0, spawned->orders);
    return out && err && answers && orders;
}

struct pc_child *pc_child_start(struct pc_loop *loop, const struct pc_child_spec *spec,
                                const struct pc_child_ops *ops, void *ctx,
                                struct pc_err *err)
{
    struct pc_spawned spawned;
    int64_t started = pc_now();
    if (!pc_spawn(spec, &spawned, err))
        return NULL;
    struct pc_child *child = pc_alloc(sizeof *child);
    *child = (struct pc_child){
        .loop = loop,
        .next = loop->children,
        .ops = ops,
        .ctx = ctx,
        .pid = spawned.pid,
        .resident = spec->resident,
        .threads = spec->threads,
        .output = spec->output,
        .cpu_s = spec->cpu_s,
        .last_word_ms = spec->last_word_ms,
        .started = started,
        .looked = started,
        .wall_left = spec->wall_ms * 1000000,
    };
    loop->children = child;
    uv_ref((uv_handle_t *)&loop->sigchld);
    uv_update_time(&loop->uv);
    int64_t step = spec->wall_ms < WALL_STEP_MS ? spec->wall_ms : WALL_STEP_MS;
    start_timer(child, &child->wall, on_wall, step, 0);
    start_timer(child, &child->watch, on_watch,
                spec->resident || spec->threads ? WATCH_MS : 0, WATCH_MS);
    if (!open_pipes(child, &spawned)) {
        pc_fail(err, PC_ENVIRONMENT, "cannot watch the output of %s", spec->argv[0]);
        pc_child_abandon(child);
        return NULL;
    }
    return child;
}

void pc_child_order(struct pc_child *child, const char *data, size_t n)
{
    if (child->pipes[PC_PIPE_ORDERS].fd < 0 || child->close_orders)
        return;
    pc_str_add(&child->queue, data, n);
    pc_pipe_flush(child);
}

void pc_child_end_orders(struct pc_child *child)
{
    child->close_orders = true;
    if (child->pipes[PC_PIPE_ORDERS].fd >= 0)
        pc_pipe_flush(child);
}

void pc_child_kill(struct pc_child *child)
{
    pc_child_stop(child, PC_END_CANCELLED);
}

void pc_child_abandon(struct pc_child *child)
{
    if (!child)
        return;
    child->ops = NULL;
    pc_child_stop(child, PC_END_CANCELLED);
}

int pc_child_pid(const struct pc_child *child)
{
    return child->pid;
}
