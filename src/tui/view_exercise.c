#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/words.h"
#include "engine/engine.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/exercise_text.h"
#include "tui/reader.h"

enum { BUDGET_MS = 2000, FACTS_MAX = 80 };

struct exercise {
    struct pc_view view;
    struct pc_browser *browser;
    const struct pc_exercise *exercise;
    struct pc_limits limits;
    struct pc_follow *follow;
    char *kernel;
    struct pc_str check; /* what the events of the latest check have told */
    char facts[FACTS_MAX];
    int hints; /* how many are shown */
    struct pc_reader reader;
};

static void settle(struct exercise *e)
{
    pc_reader_settle(&e->reader, pc_body(e->view.area), pc_app_is_ascii(e->browser->app));
}

static void compose(struct exercise *e)
{
    struct pc_str text = {0};
    pc_exercise_text_head(&text, e->exercise, &e->limits, e->kernel);
    if (e->check.len > 0)
        pc_str_addf(&text, "\n## Check\n\n%s", e->check.s);
    pc_exercise_text_hints(&text, e->exercise, e->hints);
    size_t n = text.len;
    pc_reader_set(&e->reader, pc_str_take(&text), n);
    if (e->view.area.w > 0)
        settle(e);
    pc_app_changed(e->browser->app);
}

static void set_running(struct exercise *e, bool running)
{
    e->browser->running = running ? &e->view : NULL;
    pc_app_measuring(e->browser->app, running);
}

static void show_check(struct exercise *e)
{
    compose(e);
    pc_reader_go_to(&e->reader, pc_body(e->view.area), "Check");
}

static void on_event(void *ctx, const struct pc_event *event)
{
    struct exercise *e = ctx;
    switch (event->kind) {
    case PC_EVENT_PROVING:
    case PC_EVENT_BUILDING:
        pc_str_fini(&e->check);
        pc_str_adds(&e->check, "- building\n");
        snprintf(e->facts, sizeof e->facts, "building");
        set_running(e, true);
        show_check(e);
        return;
    case PC_EVENT_BUILT:
        pc_str_fini(&e->check);
        snprintf(e->facts, sizeof e->facts, "testing");
        break;
    case PC_EVENT_TESTED:
    case PC_EVENT_COUNTED:
        snprintf(e->facts, sizeof e->facts, "measuring");
        break;
    case PC_EVENT_TIMING:
        snprintf(e->facts, sizeof e->facts, "timing: %.2fx after %u", event->speed->ratio,
                 event->speed->restarts);
        pc_app_changed(e->browser->app);
        return;
    case PC_EVENT_TIMED:
        return;
    case PC_EVENT_VERDICT:
        snprintf(e->facts, sizeof e->facts, "%s",
                 event->verdict->code == PC_PASSED   ? "passed"
                 : event->verdict->code == PC_UNSURE ? "unsure"
                                                     : "not yet");
        set_running(e, false);
        break;
    }
    pc_exercise_text_event(&e->check, event);
    show_check(e);
}

static void on_trouble(void *ctx, const struct pc_exercise *exercise,
                       const struct pc_err *err)
{
    struct exercise *e = ctx;
    (void)exercise;
    set_running(e, false);
    snprintf(e->facts, sizeof e->facts, "cannot be checked");
    pc_app_say(e->browser->app, "%s", err->msg);
}

bool pc_exercise_cancel(struct pc_view *view)
{
    struct exercise *e = (struct exercise *)view;
    bool ran = pc_follow_cancel(e->follow);
    set_running(e, false);
    snprintf(e->facts, sizeof e->facts, "cancelled");
    pc_app_changed(e->browser->app);
    return ran;
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct exercise *e = (const struct exercise *)view;
    char id[16];
    PC_AUTO(pc_auto_free) char *title =
        pc_strfmt("%s %s", pc_exercise_id(e->exercise, id), e->exercise->name);
    pc_header_draw(canvas, view->area, title, e->facts);
    pc_reader_draw(&e->reader, canvas, pc_body(view->area));
    pc_footer_draw(canvas, view);
}

static void on_edited(void *ctx, int status)
{
    struct exercise *e = ctx;
    if (status != 0)
        pc_app_say(e->browser->app, "the editor ended with status %d", status >> 8);
}

/* VISUAL or EDITOR may hold arguments, so a shell splits them; the file is an argument of
 * its own, whatever is in its name. */
static enum pc_reaction edit(struct exercise *e)
{
    static const char script[] = "exec ${VISUAL:-${EDITOR:-vi}} \"$1\"";
    const char *const argv[] = {"sh", "-c", script, "sh", e->kernel, NULL};
    struct pc_err err;
    if (!pc_app_lend(e->browser->app, argv, on_edited, e, &err))
        pc_app_say(e->browser->app, "%s", err.msg);
    return PC_HANDLED;
}

static enum pc_reaction hint(struct exercise *e)
{
    e->hints++;
    pc_engine_hint_used(e->browser->engine, e->exercise, e->hints);
    compose(e);
    pc_reader_act(&e->reader, pc_body(e->view.area), PC_ACT_LAST);
    return PC_REDRAW;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct exercise *e = (struct exercise *)view;
    (void)key;
    switch (action) {
    case PC_ACT_CHECK:
        pc_follow_check(e->follow, e->exercise, false);
        return PC_REDRAW;
    case PC_ACT_EDIT:
        return edit(e);
    case PC_ACT_HINT:
        return hint(e);
    case PC_ACT_COPY:
        pc_app_copy(e->browser->app, pc_str_get(&e->check), e->check.len);
        return PC_HANDLED;
    default:
        return pc_reader_act(&e->reader, pc_body(view->area), action);
    }
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    const struct exercise *e = (const struct exercise *)view;
    switch (action) {
    case PC_ACT_HINT:
        return e->hints < (int)e->exercise->n_hints;
    case PC_ACT_COPY:
        return e->check.len > 0;
    case PC_ACT_CHECK:
    case PC_ACT_EDIT:
        return true;
    default:
        return pc_action_moves(action) || pc_action_is_everywhere(action);
    }
}

static void resize(struct pc_view *view)
{
    settle((struct exercise *)view);
}

static void free_exercise(struct pc_view *view)
{
    struct exercise *e = (struct exercise *)view;
    if (e->browser->running == view)
        set_running(e, false);
    pc_follow_stop(e->follow);
    pc_limits_fini(&e->limits);
    pc_reader_fini(&e->reader);
    pc_str_fini(&e->check);
    free(e->kernel);
    free(e);
}

struct pc_view *pc_exercise_create(struct pc_browser *browser,
                                   const struct pc_exercise *exercise, struct pc_err *err)
{
    static const struct pc_view_ops ops = {.name = "exercise",
                                           .screen = PC_SCREEN_EXERCISE,
                                           .draw = draw,
                                           .act = act,
                                           .can = can,
                                           .resize = resize,
                                           .free = free_exercise};
    static const struct pc_follow_ops follow_ops = {.event = on_event,
                                                    .trouble = on_trouble};
    struct exercise *e = pc_alloc(sizeof *e);
    e->view.ops = &ops;
    e->browser = browser;
    e->exercise = exercise;
    struct pc_follow_spec spec = {.exercises = &exercise, .n = 1, .budget_ms = BUDGET_MS};
    if (!pc_engine_limits(browser->engine, exercise, &e->limits, err) ||
        !(e->follow = pc_follow_start(browser->engine, &spec, &follow_ops, e, err))) {
        free_exercise(&e->view);
        return NULL;
    }
    e->kernel = pc_engine_kernel(browser->engine, exercise);
    struct pc_status status = pc_engine_status(browser->engine, exercise);
    e->hints =
        status.hints < (int)exercise->n_hints ? status.hints : (int)exercise->n_hints;
    compose(e);
    return &e->view;
}
