#include "loop/input.h"

#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "loop/inner.h"

struct pc_input {
    uv_poll_t uv;
    struct pc_loop *loop;
    void (*ready)(void *ctx);
    void *ctx;
};

void pc_input_closed(uv_handle_t *handle)
{
    free(handle->data);
}

/* An error comes here too, with a status: the read of the callback will find it. */
static void on_readable(uv_poll_t *handle, int status, int events)
{
    struct pc_input *input = handle->data;
    (void)status;
    (void)events;
    if (!input->loop->freeing)
        input->ready(input->ctx);
}

struct pc_input *pc_input_start(struct pc_loop *loop, int fd, void (*ready)(void *ctx),
                                void *ctx, struct pc_err *err)
{
    struct pc_input *input = pc_alloc(sizeof *input);
    input->loop = loop;
    input->ready = ready;
    input->ctx = ctx;
    input->uv.data = input;
    int status = uv_poll_init(&loop->uv, &input->uv, fd);
    if (status != 0) {
        errno = -status;
        pc_fail_errno(err, "cannot wait for input");
        free(input);
        return NULL;
    }
    pc_input_resume(input);
    return input;
}

void pc_input_pause(struct pc_input *input)
{
    uv_poll_stop(&input->uv);
}

void pc_input_resume(struct pc_input *input)
{
    uv_poll_start(&input->uv, UV_READABLE, on_readable);
}

void pc_input_free(struct pc_input *input)
{
    if (input)
        uv_close((uv_handle_t *)&input->uv, pc_input_closed);
}
