#include "loop/signal.h"

#include <stdlib.h>

#include "base/mem.h"
#include "loop/inner.h"

struct pc_signal {
    uv_signal_t uv;
    struct pc_loop *loop;
    void (*fn)(void *ctx);
    void *ctx;
};

void pc_signal_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct pc_signal *signal = handle->data;
    (void)number;
    if (!signal->loop->freeing)
        signal->fn(signal->ctx);
}

struct pc_signal *pc_signal_start(struct pc_loop *loop, int number, void (*fn)(void *ctx),
                                  void *ctx)
{
    struct pc_signal *signal = pc_alloc(sizeof *signal);
    signal->loop = loop;
    signal->fn = fn;
    signal->ctx = ctx;
    signal->uv.data = signal;
    uv_signal_init(&loop->uv, &signal->uv);
    uv_signal_start(&signal->uv, on_signal, number);
    uv_unref((uv_handle_t *)&signal->uv);
    return signal;
}

void pc_signal_free(struct pc_signal *signal)
{
    if (signal)
        uv_close((uv_handle_t *)&signal->uv, pc_signal_closed);
}
