#include <errno.h>
#include <unistd.h>

#include "loop/inner.h"
#include "loop/spawn.h"

/* More reads than a pipe can hold: what a process that could not be killed goes on writing
 * must not keep us. */
enum { DRAIN_READS = 64 };

void pc_pipe_close(struct pc_pipe *pipe)
{
    if (pipe->fd < 0)
        return;
    uv_close((uv_handle_t *)&pipe->poll, pc_child_handle_closed);
    close(pipe->fd);
    pipe->fd = -1;
}

/* Hand on what was read; what is beyond the limit is dropped. */
static void deliver(struct pc_pipe *pipe, const char *data, size_t n)
{
    struct pc_child *child = pipe->child;
    bool flood = false;
    if (pipe->which != PC_ANSWERS && child->output > 0) {
        uint64_t room = child->output - child->printed;
        flood = n > room;
        n = flood ? (size_t)room : n;
        child->printed += n;
    }
    if (n > 0 && child->ops && child->ops->data)
        child->ops->data(child->ctx, pipe->which, data, n);
    if (flood)
        pc_child_stop(child, PC_END_OUTPUT);
}

enum progress { MORE, EMPTY, CLOSED };

static enum progress read_once(struct pc_pipe *pipe)
{
    struct pc_loop *loop = pipe->child->loop;
    ssize_t n = read(pipe->fd, loop->buffer, sizeof loop->buffer);
    if (n > 0) {
        deliver(pipe, loop->buffer, (size_t)n);
        return MORE;
    }
    if (n < 0 && errno == EINTR)
        return MORE;
    return n < 0 && errno == EAGAIN ? EMPTY : CLOSED;
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    (void)status, (void)events;
    struct pc_pipe *pipe = (struct pc_pipe *)poll;
    if (read_once(pipe) == CLOSED)
        pc_pipe_close(pipe);
}

void pc_pipe_drain(struct pc_pipe *pipe)
{
    for (int i = 0; i < DRAIN_READS && pipe->fd >= 0; i++)
        if (read_once(pipe) != MORE)
            return;
}

static void on_writable(uv_poll_t *poll, int status, int events)
{
    (void)status, (void)events;
    pc_pipe_flush(((struct pc_pipe *)poll)->child);
}

void pc_pipe_flush(struct pc_child *child)
{
    struct pc_pipe *orders = &child->pipes[PC_PIPE_ORDERS];
    size_t done = 0;
    bool open = orders->fd >= 0;
    while (open && done < child->queue.len) {
        ssize_t n =
            pc_spawned_write(orders->fd, child->queue.s + done, child->queue.len - done);
        if (n > 0)
            done += (size_t)n;
        else if (errno == EAGAIN)
            break;
        else
            open = errno == EINTR;
    }
    pc_str_shift(&child->queue, done);
    if (!open || (child->queue.len == 0 && child->close_orders))
        pc_pipe_close(orders);
    else if (child->queue.len > 0)
        uv_poll_start(&orders->poll, UV_WRITABLE, on_writable);
    else
        uv_poll_stop(&orders->poll);
}

bool pc_pipe_open(struct pc_child *child, int i, enum pc_stream which, int fd)
{
    struct pc_pipe *pipe = &child->pipes[i];
    *pipe = (struct pc_pipe){.child = child, .which = which, .fd = -1};
    if (fd < 0)
        return true;
    if (uv_poll_init(&child->loop->uv, &pipe->poll, fd) != 0) {
        close(fd);
        return false;
    }
    pipe->poll.data = child;
    pipe->fd = fd;
    child->handles++;
    return i == PC_PIPE_ORDERS || uv_poll_start(&pipe->poll, UV_READABLE, on_readable) == 0;
}
