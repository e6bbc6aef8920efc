#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/reader.h"

struct source {
    struct pc_view view;
    struct pc_browser *browser;
    char *title;
    struct pc_reader reader;
};

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct source *source = (const struct source *)view;
    pc_browser_header(source->browser, canvas, view, source->title, "", NULL);
    pc_reader_draw(&source->reader, canvas, pc_body(view->area));
    pc_footer_draw(canvas, view);
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct source *source = (struct source *)view;
    (void)key;
    if (action != PC_ACT_COPY)
        return pc_reader_act(&source->reader, pc_body(view->area), action);
    pc_app_copy(source->browser->app, source->reader.markdown, source->reader.n);
    return PC_HANDLED;
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    (void)view;
    return action == PC_ACT_COPY || pc_action_moves(action) ||
           pc_action_is_everywhere(action);
}

static void resize(struct pc_view *view)
{
    struct source *source = (struct source *)view;
    pc_reader_settle(&source->reader, pc_body(view->area),
                     pc_app_is_ascii(source->browser->app));
}

static void drop(struct pc_view *view)
{
    struct source *source = (struct source *)view;
    pc_reader_fini(&source->reader);
    free(source->title);
    free(source);
}

struct pc_view *pc_source_create(struct pc_browser *browser, const char *title, char *text,
                                 size_t n)
{
    static const struct pc_view_ops ops = {.name = "source",
                                           .screen = PC_SCREEN_DIFF,
                                           .draw = draw,
                                           .act = act,
                                           .can = can,
                                           .resize = resize,
                                           .free = drop};
    struct source *source = pc_alloc(sizeof *source);
    source->view.ops = &ops;
    source->browser = browser;
    source->title = pc_strdup(title);
    pc_reader_set_source(&source->reader, text, n);
    return &source->view;
}
