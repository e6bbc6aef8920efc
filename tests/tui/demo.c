/*
 * A full-screen program for the tests of the terminal: a list of rows, a running number when
 * asked for, and every way to end.  Keys and events are written to the file $DEMO_LOG.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "loop/loop.h"
#include "tui/app.h"
#include "tui/bars.h"
#include "tui/list.h"

struct demo {
    struct pc_view view;
    struct pc_app *app;
    struct pc_loop *loop;
    struct pc_timer *timer;
    struct pc_list list;
    unsigned ticks;
    bool runs;
    FILE *log;
};

static void draw_row(const void *ctx, size_t i, struct pc_canvas *canvas,
                     struct pc_area area)
{
    (void)ctx;
    pc_canvas_printf(canvas, area, 0, 0, PC_STYLE_TEXT, "row %zu", i);
    pc_canvas_right(canvas, area, area.w, 0, i % 2 ? PC_STYLE_GOOD : PC_STYLE_BAD,
                    i % 2 ? "✓ passed" : "✗ missed");
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct demo *demo = (const struct demo *)view;
    PC_AUTO(pc_auto_free)
    char *facts = pc_strfmt("%dx%d   tick %u", view->area.w, view->area.h, demo->ticks);
    pc_header_draw(canvas, view->area, "demo", facts);
    pc_list_draw(&demo->list, canvas, pc_body(view->area), draw_row, NULL);
    pc_footer_draw(canvas, view);
}

static void on_tick(void *ctx)
{
    struct demo *demo = ctx;
    pc_timer_free(demo->timer);
    demo->timer = demo->runs ? pc_timer_start(demo->loop, 10, on_tick, demo) : NULL;
    demo->ticks++;
    pc_app_changed(demo->app);
}

static void on_edited(void *ctx, int status)
{
    struct demo *demo = ctx;
    pc_app_say(demo->app, "editor ended with %d", status >> 8);
}

static enum pc_reaction edit(struct demo *demo)
{
    const char *const argv[] = {"sh", "-c", getenv("DEMO_EDITOR"), NULL};
    struct pc_err err;
    if (!pc_app_lend(demo->app, argv, on_edited, demo, &err))
        pc_app_say(demo->app, "%s", err.msg);
    return PC_HANDLED;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct demo *demo = (struct demo *)view;
    fprintf(demo->log, "act %d key %d\n", (int)action, key);
    fflush(demo->log);
    switch (action) {
    case PC_ACT_CHECK:
        demo->runs = true;
        pc_app_measuring(demo->app, true);
        on_tick(demo);
        return PC_REDRAW;
    case PC_ACT_EDIT:
        return edit(demo);
    case PC_ACT_COPY:
        pc_app_copy(demo->app, "copied text", 11);
        return PC_HANDLED;
    case PC_ACT_RESET:
        raise(SIGSEGV);
        return PC_HANDLED;
    default:
        return pc_list_act(&demo->list, pc_body(view->area).h, action);
    }
}

static void resize(struct pc_view *view)
{
    struct demo *demo = (struct demo *)view;
    pc_list_settle(&demo->list, pc_body(view->area).h);
}

static void drop(struct pc_view *view)
{
    (void)view;
}

static const struct pc_view_ops ops = {
    .name = "demo",
    .screen = PC_SCREEN_EXERCISE,
    .draw = draw,
    .act = act,
    .resize = resize,
    .free = drop,
};

static bool cancel(void *ctx)
{
    struct demo *demo = ctx;
    bool ran = demo->runs;
    demo->runs = false;
    pc_app_measuring(demo->app, false);
    return ran;
}

static int fail(const struct pc_err *err)
{
    fprintf(stderr, "demo: %s\n", err->msg);
    return PC_ENVIRONMENT;
}

int main(void)
{
    static const struct pc_app_ops app_ops = {.cancel = cancel};
    const char *path = getenv("DEMO_LOG");
    struct demo demo = {.view.ops = &ops, .list.n = 100};
    struct pc_err err;
    int number = 0;
    bool utf8 = pc_term_locale();
    if (!pc_term_is_possible()) {
        puts("no full screen here");
        return PC_USAGE;
    }
    demo.log = fopen(path ? path : "/dev/null", "w");
    demo.loop = pc_loop_create(&err);
    if (!demo.log || !demo.loop)
        return fail(&err);
    struct pc_term_spec spec = {.ascii = !utf8};
    struct pc_term *term = pc_term_open(&spec, &err);
    if (!term)
        return fail(&err);
    demo.app = pc_app_create(demo.loop, term, &app_ops, &demo, &err);
    if (!demo.app) {
        pc_term_close(term);
        return fail(&err);
    }
    pc_app_push(demo.app, &demo.view);
    enum pc_code code = pc_app_run(demo.app, &number);
    pc_timer_free(demo.timer);
    pc_app_free(demo.app);
    pc_loop_free(demo.loop);
    pc_term_close(term);
    fclose(demo.log);
    if (number) {
        signal(number, SIG_DFL);
        raise(number);
    }
    return code;
}
