#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "engine/engine.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/pager.h"

enum { CONTEXT = 3 };

struct differences {
    struct pc_view view;
    struct pc_browser *browser;
    const struct pc_exercise *exercise; /* whose file is compared anew when it is saved */
    char *title;
    struct pc_diff *job;
    char *text; /* what `diff` gave, harmless; NULL while it runs */
    struct pc_pager_line *lines;
    struct pc_pager_span *spans;
    struct pc_pager pager;
    size_t added, removed;
};

static enum pc_style style_of(const char *line)
{
    switch (*line) {
    case '+':
        return PC_STYLE_GOOD;
    case '-':
        return PC_STYLE_BAD;
    case '@':
        return PC_STYLE_HEADING;
    default:
        return PC_STYLE_TEXT;
    }
}

static size_t count_lines(const char *text)
{
    size_t n = 0;
    for (const char *p = text; (p = strchr(p, '\n')); p++)
        n++;
    return n;
}

/* One line of the pager for each line of the text; the first two name the sides. */
static void make_lines(struct differences *d)
{
    size_t n = count_lines(d->text), i = 0;
    free(d->lines);
    free(d->spans);
    d->lines = pc_alloc_array(n + 1, sizeof *d->lines);
    d->spans = pc_alloc_array(n + 1, sizeof *d->spans);
    d->added = d->removed = 0;
    for (const char *line = d->text; i < n; i++) {
        size_t length = strcspn(line, "\n");
        bool names = i < 2;
        d->spans[i] = (struct pc_pager_span){
            .end = length, .style = names ? PC_STYLE_FAINT : style_of(line)};
        d->lines[i] = (struct pc_pager_line){
            .text = line, .n = length, .spans = &d->spans[i], .n_spans = 1, .slides = true};
        d->added += !names && *line == '+';
        d->removed += !names && *line == '-';
        line += length + 1;
    }
    pc_pager_set(&d->pager, d->lines, n, pc_body(d->view.area).h);
}

static void on_done(void *ctx, const char *text, const struct pc_err *trouble)
{
    struct differences *d = ctx;
    d->job = NULL;
    if (trouble) {
        pc_app_say(d->browser->app, "%s", trouble->msg);
        return;
    }
    free(d->text);
    d->text = pc_text_harmless(text, strlen(text), strlen(text));
    make_lines(d);
    pc_app_changed(d->browser->app);
}

static bool begin(struct differences *d, const struct pc_diff_spec *spec,
                  struct pc_err *err)
{
    struct pc_diff_spec wanted = *spec;
    wanted.context = CONTEXT;
    pc_diff_cancel(d->job);
    d->job = pc_diff_start(d->browser->engine, &wanted, on_done, d, err);
    return d->job != NULL;
}

/* The starter against the file as it is now. */
static bool begin_changes(struct differences *d, struct pc_err *err)
{
    struct pc_engine *engine = d->browser->engine;
    size_t n_starter, n_mine;
    PC_AUTO(pc_auto_free) char *starter =
        pc_engine_source(engine, d->exercise, PC_USE_STARTER, NULL, &n_starter, err);
    PC_AUTO(pc_auto_free) char *mine =
        starter ? pc_engine_source(engine, d->exercise, PC_USE_LEARNERS, NULL, &n_mine, err)
                : NULL;
    if (!mine)
        return false;
    const struct pc_diff_spec spec = {
        .from = {.name = "the starter", .text = starter, .n = n_starter},
        .to = {.name = "yours", .text = mine, .n = n_mine},
    };
    return begin(d, &spec, err);
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct differences *d = (const struct differences *)view;
    PC_AUTO(pc_auto_free) char *facts =
        d->text ? pc_strfmt("%zu added, %zu removed", d->added, d->removed) : pc_strdup("");
    struct pc_area body = pc_body(view->area);
    pc_browser_header(d->browser, canvas, view, d->title, facts, NULL);
    if (d->text && !*d->text)
        pc_canvas_text(canvas, body, 1, 0, PC_STYLE_TEXT, "There is no difference.");
    else
        pc_pager_draw(&d->pager, canvas, body);
    pc_footer_draw(canvas, view);
}

static enum pc_reaction event(struct pc_view *view, const struct pc_event *event)
{
    struct differences *d = (struct differences *)view;
    struct pc_err err;
    if (event && event->kind == PC_EVENT_BUILDING && event->exercise == d->exercise &&
        !begin_changes(d, &err))
        pc_app_say(d->browser->app, "%s", err.msg);
    return PC_HANDLED;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct differences *d = (struct differences *)view;
    (void)key;
    if (action != PC_ACT_COPY)
        return pc_pager_act(&d->pager, pc_body(view->area).h, action);
    pc_app_copy(d->browser->app, d->text, strlen(d->text));
    return PC_HANDLED;
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    const struct differences *d = (const struct differences *)view;
    if (action == PC_ACT_COPY)
        return d->text && *d->text;
    return pc_action_moves(action) || pc_action_is_everywhere(action);
}

static bool is_busy(const struct pc_view *view)
{
    return ((const struct differences *)view)->job != NULL;
}

static void resize(struct pc_view *view)
{
    struct differences *d = (struct differences *)view;
    pc_pager_set(&d->pager, d->lines, d->pager.n, pc_body(view->area).h);
}

static void drop(struct pc_view *view)
{
    struct differences *d = (struct differences *)view;
    pc_diff_cancel(d->job);
    pc_pager_fini(&d->pager);
    free(d->lines);
    free(d->spans);
    free(d->title);
    free(d->text);
    free(d);
}

static struct differences *create(struct pc_browser *browser, const char *title)
{
    static const struct pc_view_ops ops = {.name = "diff",
                                           .screen = PC_SCREEN_DIFF,
                                           .draw = draw,
                                           .act = act,
                                           .event = event,
                                           .can = can,
                                           .is_busy = is_busy,
                                           .resize = resize,
                                           .free = drop};
    struct differences *d = pc_alloc(sizeof *d);
    d->view.ops = &ops;
    d->browser = browser;
    d->title = pc_strdup(title);
    return d;
}

struct pc_view *pc_differences_create(struct pc_browser *browser, const char *title,
                                      const struct pc_diff_spec *spec, struct pc_err *err)
{
    struct differences *d = create(browser, title);
    if (begin(d, spec, err))
        return &d->view;
    drop(&d->view);
    return NULL;
}

struct pc_view *pc_changes_create(struct pc_browser *browser,
                                  const struct pc_exercise *exercise, struct pc_err *err)
{
    char id[16];
    PC_AUTO(pc_auto_free) char *title = pc_strfmt(
        "%s %s › changes since the starter", pc_exercise_id(exercise, id), exercise->name);
    struct differences *d = create(browser, title);
    d->exercise = exercise;
    if (begin_changes(d, err))
        return &d->view;
    drop(&d->view);
    return NULL;
}
