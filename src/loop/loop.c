#include "loop/loop.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"
#include "loop/inner.h"

struct later {
    struct later *next;
    void (*fn)(void *ctx);
    void *ctx;
};

struct pc_timer {
    uv_timer_t uv;
    struct pc_loop *loop;
    void (*fn)(void *ctx);
    void *ctx;
};

static void on_sigchld(uv_signal_t *handle, int signal)
{
    (void)signal;
    pc_children_reap(handle->data);
}

/* Handles that cost nothing while they are not started; none of these calls asks the
 * system for anything. */
static void init_handles(struct pc_loop *loop)
{
    uv_signal_init(&loop->uv, &loop->sigchld);
    loop->sigchld.data = loop;
    for (size_t i = 0; i < PC_COUNT(loop->interrupts); i++) {
        uv_signal_init(&loop->uv, &loop->interrupts[i]);
        loop->interrupts[i].data = loop;
        uv_unref((uv_handle_t *)&loop->interrupts[i]);
    }
    uv_idle_init(&loop->uv, &loop->idle);
    loop->idle.data = loop;
    loop->last = &loop->first;
}

/* libuv aborts when there is no room for its own descriptors. */
static bool has_descriptors(struct pc_err *err)
{
    enum { LEAST = 16 };
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= LEAST)
        return true;
    limit.rlim_cur = limit.rlim_max < LEAST ? limit.rlim_max : LEAST;
    if (limit.rlim_cur == LEAST && setrlimit(RLIMIT_NOFILE, &limit) == 0)
        return true;
    errno = EMFILE;
    return pc_fail_errno(err, "cannot create the event loop");
}

struct pc_loop *pc_loop_create(struct pc_err *err)
{
    if (!has_descriptors(err))
        return NULL;
    struct pc_loop *loop = pc_alloc(sizeof *loop);
    int status = uv_loop_init(&loop->uv);
    if (status != 0) {
        errno = -status;
        pc_fail_errno(err, "cannot create the event loop");
        free(loop);
        return NULL;
    }
    init_handles(loop);
    status = uv_signal_start(&loop->sigchld, on_sigchld, SIGCHLD);
    if (status == 0 && prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
        status = -errno;
    if (status != 0) {
        errno = -status;
        pc_fail_errno(err, "cannot watch child processes");
        pc_loop_free(loop);
        return NULL;
    }
    uv_unref((uv_handle_t *)&loop->sigchld);
    /* A shell that becomes this program by exec leaves it its background jobs. */
    pc_family_children(getpid(), &loop->foreign);
    return loop;
}

static void timer_closed(uv_handle_t *handle)
{
    free(handle->data);
}

/* Who frees what a handle is a part of; the loop's own are parts of the loop, those of
 * children are closed already. */
static uv_close_cb owner(const uv_handle_t *handle, const struct pc_loop *loop)
{
    if (handle->data == loop)
        return NULL;
    switch (handle->type) {
    case UV_TIMER:
        return timer_closed;
    case UV_FS_EVENT:
        return pc_watch_closed;
    case UV_POLL:
        return pc_input_closed;
    case UV_SIGNAL:
        return pc_signal_closed;
    default:
        return NULL;
    }
}

static void close_handle(uv_handle_t *handle, void *ctx)
{
    if (!uv_is_closing(handle))
        uv_close(handle, owner(handle, ctx));
}

void pc_loop_free(struct pc_loop *loop)
{
    if (!loop)
        return;
    loop->freeing = true;
    uv_idle_stop(&loop->idle);
    for (struct pc_child *child = loop->children; child; child = child->next)
        pc_child_abandon(child);
    while (loop->children)
        uv_run(&loop->uv, UV_RUN_ONCE);
    uv_walk(&loop->uv, close_handle, loop);
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    int status = uv_loop_close(&loop->uv);
    assert(status == 0);
    (void)status;
    while (loop->first) {
        struct later *next = loop->first->next;
        free(loop->first);
        loop->first = next;
    }
    pc_pids_fini(&loop->foreign);
    free(loop);
}

void pc_loop_run(struct pc_loop *loop)
{
    uv_run(&loop->uv, UV_RUN_DEFAULT);
}

void pc_loop_stop(struct pc_loop *loop)
{
    uv_stop(&loop->uv);
}

/* What a callback queues while this runs waits for the next round, so that events are
 * served in between. */
static void run_queue(uv_idle_t *idle)
{
    struct pc_loop *loop = idle->data;
    struct later *queue = loop->first;
    loop->first = NULL;
    loop->last = &loop->first;
    uv_idle_stop(idle);
    while (queue) {
        struct later *item = queue;
        queue = item->next;
        item->fn(item->ctx);
        free(item);
    }
}

void pc_loop_later(struct pc_loop *loop, void (*fn)(void *ctx), void *ctx)
{
    struct later *item = pc_alloc(sizeof *item);
    *item = (struct later){.fn = fn, .ctx = ctx};
    *loop->last = item;
    loop->last = &item->next;
    uv_idle_start(&loop->idle, run_queue);
}

static void on_timer(uv_timer_t *handle)
{
    struct pc_timer *timer = handle->data;
    if (!timer->loop->freeing)
        timer->fn(timer->ctx);
}

struct pc_timer *pc_timer_start(struct pc_loop *loop, int64_t ms, void (*fn)(void *ctx),
                                void *ctx)
{
    struct pc_timer *timer = pc_alloc(sizeof *timer);
    timer->loop = loop;
    timer->fn = fn;
    timer->ctx = ctx;
    timer->uv.data = timer;
    uv_timer_init(&loop->uv, &timer->uv);
    /* libuv reads the clock once per round; a long callback must not shorten the timer. */
    uv_update_time(&loop->uv);
    uv_timer_start(&timer->uv, on_timer, ms > 0 ? (uint64_t)ms : 0, 0);
    return timer;
}

void pc_timer_free(struct pc_timer *timer)
{
    if (timer)
        uv_close((uv_handle_t *)&timer->uv, timer_closed);
}

static void on_interrupt(uv_signal_t *handle, int signal)
{
    struct pc_loop *loop = handle->data;
    if (!loop->freeing)
        loop->on_interrupt(loop->interrupt_ctx, signal);
}

void pc_loop_on_interrupt(struct pc_loop *loop, void (*fn)(void *ctx, int signal),
                          void *ctx)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    loop->on_interrupt = fn;
    loop->interrupt_ctx = ctx;
    for (size_t i = 0; i < PC_COUNT(signals); i++)
        uv_signal_start(&loop->interrupts[i], on_interrupt, signals[i]);
}
