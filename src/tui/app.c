#include "tui/app.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "loop/foreground.h"
#include "loop/input.h"
#include "loop/loop.h"
#include "loop/signal.h"
#include "tui/bars.h"
#include "tui/decode.h"
#include "tui/help.h"
#include "tui/stack.h"

struct pc_app {
    struct pc_loop *loop;
    struct pc_term *term;
    const struct pc_app_ops *ops;
    void *ctx;
    struct pc_stack *stack;
    struct pc_canvas *canvas;
    struct pc_decoder *decoder;
    struct pc_input *input;
    struct pc_signal *resized, *stopped;
    struct pc_timer *escape; /* the end of a sequence is waited for */
    struct pc_timer *frame;  /* the next frame, when there is something to draw */
    int64_t last_frame_ns;
    bool measuring; /* frames keep their distance */
    bool lent, running;
    char *message; /* what pc_app_say() said, or NULL */
    void (*lent_done)(void *ctx, int status);
    void *lent_ctx;
    enum pc_code code;
    int signal;
};

static void end(struct pc_app *app, enum pc_code code, int number)
{
    app->code = code;
    app->signal = number;
    app->running = false;
    pc_loop_stop(app->loop);
}

static void paint(struct pc_app *app)
{
    pc_stack_draw(app->stack, app->canvas);
    if (app->message)
        pc_status_draw(app->canvas, pc_canvas_area(app->canvas), app->message);
}

static void draw(struct pc_app *app)
{
    pc_timer_free(app->frame);
    app->frame = NULL;
    if (app->lent || !app->running || !app->term || !pc_stack_top(app->stack))
        return;
    paint(app);
    pc_term_show(app->term, app->canvas);
    app->last_frame_ns = pc_now();
}

static void on_frame(void *ctx)
{
    draw(ctx);
}

void pc_app_changed(struct pc_app *app)
{
    int64_t since_ms = (pc_now() - app->last_frame_ns) / 1000000;
    bool waits = app->measuring && since_ms < PC_APP_FRAME_MS;
    if (!app->frame)
        app->frame = pc_timer_start(app->loop, waits ? PC_APP_FRAME_MS - since_ms : 0,
                                    on_frame, app);
}

void pc_app_measuring(struct pc_app *app, bool measuring)
{
    /* The first sign of a check does not wait for the frame before it. */
    if (measuring && !app->measuring)
        app->last_frame_ns = 0;
    app->measuring = measuring;
}

static void fit(struct pc_app *app)
{
    int width, height;
    pc_term_size(app->term, &width, &height);
    struct pc_area area = pc_canvas_area(app->canvas);
    if (area.w == width && area.h == height)
        return;
    pc_canvas_free(app->canvas);
    app->canvas = pc_canvas_create(width, height, pc_term_is_ascii(app->term));
    pc_stack_resize(app->stack, width, height);
}

static void on_resize(void *ctx)
{
    struct pc_app *app = ctx;
    if (app->lent)
        return;
    fit(app);
    pc_app_changed(app);
}

static void on_stop(void *ctx)
{
    struct pc_app *app = ctx;
    if (app->lent)
        return;
    pc_term_stop(app->term);
    fit(app);
    pc_app_changed(app);
}

static void cancel(struct pc_app *app)
{
    if (app->ops->cancel && app->ops->cancel(app->ctx))
        pc_app_changed(app);
    else
        end(app, PC_INTERRUPTED, 0);
}

/* What no view has taken. */
static void act(struct pc_app *app, enum pc_action action)
{
    struct pc_view *top = pc_stack_top(app->stack), *opens = NULL;
    switch (action) {
    case PC_ACT_QUIT:
        end(app, PC_PASSED, 0);
        return;
    case PC_ACT_CANCEL:
        cancel(app);
        return;
    case PC_ACT_REDRAW:
        pc_term_forget(app->term);
        break;
    case PC_ACT_SUSPEND:
        on_stop(app);
        return;
    case PC_ACT_MOUSE:
        pc_term_set_mouse(app->term, !pc_term_has_mouse(app->term));
        pc_app_say(app, pc_term_has_mouse(app->term) ? "mouse on" : "mouse off");
        return;
    case PC_ACT_BACK:
        pc_stack_close(app->stack);
        break;
    case PC_ACT_HELP:
        pc_stack_push(app->stack, pc_help_create(top));
        break;
    case PC_ACT_COMMANDS:
        pc_stack_push(app->stack, pc_commands_create(top, app->ops->more));
        break;
    default:
        opens = app->ops->open ? app->ops->open(app->ctx, action, top) : NULL;
        if (!opens)
            return;
        pc_stack_push(app->stack, opens);
    }
    pc_app_changed(app);
}

static void react(struct pc_app *app, enum pc_reaction reaction, enum pc_action action)
{
    if (reaction == PC_QUIT)
        end(app, PC_PASSED, 0);
    else if (reaction == PC_REDRAW)
        pc_app_changed(app);
    else if (reaction == PC_IGNORED)
        act(app, action);
    if (!pc_stack_top(app->stack))
        end(app, PC_PASSED, 0);
}

static void on_typed(void *ctx, const struct pc_typed *typed)
{
    struct pc_app *app = ctx;
    enum pc_action action;
    if (!app->running || app->lent)
        return;
    if (app->message) {
        free(PC_TAKE(app->message));
        pc_app_changed(app);
    }
    enum pc_reaction reaction =
        pc_stack_type(app->stack, typed, pc_term_is_ascii(app->term), &action);
    react(app, reaction, action);
}

static void on_escape(void *ctx)
{
    struct pc_app *app = ctx;
    pc_timer_free(app->escape);
    app->escape = NULL;
    pc_decoder_settle(app->decoder);
}

static void on_readable(void *ctx)
{
    struct pc_app *app = ctx;
    char bytes[65536];
    /* What has been typed ahead is read at once: it needs one frame. */
    ssize_t n = read(pc_term_fd(app->term), bytes, sizeof bytes);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
        /* The terminal is gone: nobody can be asked any more. */
        pc_input_pause(app->input);
        end(app, PC_PASSED, SIGHUP);
        return;
    }
    pc_timer_free(app->escape);
    app->escape = NULL;
    if (n > 0)
        pc_decoder_feed(app->decoder, bytes, (size_t)n);
    int ms = pc_decoder_patience(app->decoder);
    if (ms > 0)
        app->escape = pc_timer_start(app->loop, ms, on_escape, app);
}

static void on_interrupt(void *ctx, int number)
{
    struct pc_app *app = ctx;
    if (number == SIGINT)
        cancel(app);
    else
        end(app, PC_PASSED, number);
}

static struct pc_app *create(struct pc_loop *loop, struct pc_term *term, int width,
                             int height, bool ascii, const struct pc_app_ops *ops,
                             void *ctx)
{
    struct pc_app *app = pc_alloc(sizeof *app);
    *app = (struct pc_app){
        .loop = loop,
        .term = term,
        .ops = ops,
        .ctx = ctx,
        .stack = pc_stack_create(width, height),
        .canvas = pc_canvas_create(width, height, ascii),
    };
    return app;
}

struct pc_app *pc_app_create(struct pc_loop *loop, struct pc_term *term,
                             const struct pc_app_ops *ops, void *ctx, struct pc_err *err)
{
    int width, height;
    pc_term_size(term, &width, &height);
    struct pc_app *app =
        create(loop, term, width, height, pc_term_is_ascii(term), ops, ctx);
    app->decoder = pc_decoder_create(on_typed, app);
    app->input = pc_input_start(loop, pc_term_fd(term), on_readable, app, err);
    app->resized = pc_signal_start(loop, SIGWINCH, on_resize, app);
    app->stopped = pc_signal_start(loop, SIGTSTP, on_stop, app);
    pc_loop_on_interrupt(loop, on_interrupt, app);
    if (!app->input) {
        pc_app_free(app);
        return NULL;
    }
    if (pc_term_note(term))
        pc_app_say(app, "%s", pc_term_note(term));
    return app;
}

struct pc_app *pc_app_create_hidden(struct pc_loop *loop, int width, int height, bool ascii,
                                    const struct pc_app_ops *ops, void *ctx)
{
    return create(loop, NULL, width, height, ascii, ops, ctx);
}

char *pc_app_picture(struct pc_app *app)
{
    paint(app);
    return pc_canvas_dump(app->canvas);
}

void pc_app_free(struct pc_app *app)
{
    if (!app)
        return;
    pc_stack_free(app->stack);
    pc_timer_free(app->escape);
    pc_timer_free(app->frame);
    pc_input_free(app->input);
    pc_signal_free(app->resized);
    pc_signal_free(app->stopped);
    pc_decoder_free(app->decoder);
    pc_canvas_free(app->canvas);
    free(app->message);
    free(app);
}

void pc_app_push(struct pc_app *app, struct pc_view *view)
{
    pc_stack_push(app->stack, view);
    pc_app_changed(app);
}

struct pc_view *pc_app_top(const struct pc_app *app)
{
    return pc_stack_top(app->stack);
}

enum pc_code pc_app_run(struct pc_app *app, int *number)
{
    app->running = true;
    draw(app);
    pc_loop_run(app->loop);
    app->running = false;
    *number = app->signal;
    return app->code;
}

void pc_app_quit(struct pc_app *app)
{
    end(app, PC_PASSED, 0);
}

void pc_app_event(struct pc_app *app, const struct pc_event *event)
{
    if (pc_stack_event(app->stack, event))
        pc_app_changed(app);
}

void pc_app_say(struct pc_app *app, const char *fmt, ...)
{
    struct pc_str text = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&text, fmt, ap);
    va_end(ap);
    free(app->message);
    app->message = pc_str_take(&text);
    pc_app_changed(app);
}

void pc_app_copy(struct pc_app *app, const char *text, size_t n)
{
    if (pc_term_copy(app->term, text, n))
        pc_app_say(app, "copied %zu bytes", n);
    else
        pc_app_say(app, "too long for the clipboard: %zu bytes, at most %d", n,
                   PC_COPY_MAX);
}

static void on_lent_done(void *ctx, int status)
{
    struct pc_app *app = ctx;
    app->lent = false;
    pc_term_resume(app->term);
    pc_input_resume(app->input);
    fit(app);
    app->lent_done(app->lent_ctx, status);
    pc_app_changed(app);
}

bool pc_app_lend(struct pc_app *app, const char *const *argv,
                 void (*done)(void *ctx, int status), void *ctx, struct pc_err *err)
{
    pc_input_pause(app->input);
    pc_term_suspend(app->term);
    app->lent = true;
    app->lent_done = done;
    app->lent_ctx = ctx;
    if (pc_foreground_start(app->loop, argv, pc_term_out(app->term), on_lent_done, app,
                            err))
        return true;
    app->lent = false;
    pc_term_resume(app->term);
    pc_input_resume(app->input);
    pc_app_changed(app);
    return false;
}

bool pc_app_is_ascii(const struct pc_app *app)
{
    return pc_canvas_is_ascii(app->canvas);
}
