#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/engine.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/reader.h"

struct page {
    struct pc_view view;
    struct pc_browser *browser;
    const struct pc_topic *topic;
    size_t at;
    struct pc_reader reader;
};

static bool load(struct page *page, size_t at, struct pc_err *err)
{
    char *text =
        pc_engine_page(page->browser->engine, page->topic, &page->topic->pages[at], err);
    if (!text)
        return false;
    page->at = at;
    pc_reader_set(&page->reader, text, strlen(text));
    pc_engine_page_read(page->browser->engine, page->topic->pages[at].key);
    return true;
}

static void settle(struct page *page)
{
    pc_reader_settle(&page->reader, pc_body(page->view.area),
                     pc_app_is_ascii(page->browser->app));
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct page *page = (const struct page *)view;
    char facts[48];
    snprintf(facts, sizeof facts, "page %zu of %zu   %d %%", page->at + 1,
             page->topic->n_pages,
             pc_pager_percent(&page->reader.pager, pc_body(view->area).h));
    PC_AUTO(pc_auto_free) char *title =
        pc_strfmt("%02d %s", page->topic->number, page->topic->title);
    pc_header_draw(canvas, view->area, title, facts);
    pc_reader_draw(&page->reader, canvas, pc_body(view->area));
    pc_footer_draw(canvas, view);
}

static enum pc_reaction turn(struct page *page, long by)
{
    long to = (long)page->at + by;
    struct pc_err err;
    if (to < 0 || to >= (long)page->topic->n_pages)
        return PC_HANDLED;
    if (!load(page, (size_t)to, &err)) {
        pc_app_say(page->browser->app, "%s", err.msg);
        return PC_HANDLED;
    }
    settle(page);
    pc_reader_act(&page->reader, pc_body(page->view.area), PC_ACT_FIRST);
    return PC_REDRAW;
}

static enum pc_reaction experiment(struct page *page)
{
    struct pc_err err;
    page->view.opens = pc_experiment_create(page->browser, page->topic,
                                            &page->topic->experiments[0], &err);
    if (page->view.opens)
        return PC_OPEN;
    pc_app_say(page->browser->app, "%s", err.msg);
    return PC_HANDLED;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct page *page = (struct page *)view;
    (void)key;
    if (action == PC_ACT_NEXT || action == PC_ACT_OPEN)
        return turn(page, 1);
    if (action == PC_ACT_PREVIOUS)
        return turn(page, -1);
    if (action == PC_ACT_EXPERIMENT)
        return experiment(page);
    return pc_reader_act(&page->reader, pc_body(view->area), action);
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    const struct page *page = (const struct page *)view;
    switch (action) {
    case PC_ACT_NEXT:
    case PC_ACT_OPEN:
        return page->at + 1 < page->topic->n_pages;
    case PC_ACT_PREVIOUS:
        return page->at > 0;
    case PC_ACT_EXPERIMENT:
        return page->topic->n_experiments > 0;
    default:
        return pc_action_moves(action) || pc_action_is_everywhere(action);
    }
}

static void resize(struct pc_view *view)
{
    settle((struct page *)view);
}

static void free_page(struct pc_view *view)
{
    struct page *page = (struct page *)view;
    pc_reader_fini(&page->reader);
    free(page);
}

struct pc_view *pc_page_create(struct pc_browser *browser, const struct pc_topic *topic,
                               size_t at, struct pc_err *err)
{
    static const struct pc_view_ops ops = {.name = "page",
                                           .screen = PC_SCREEN_LESSON,
                                           .draw = draw,
                                           .act = act,
                                           .can = can,
                                           .resize = resize,
                                           .free = free_page};
    struct page *page = pc_alloc(sizeof *page);
    page->view.ops = &ops;
    page->browser = browser;
    page->topic = topic;
    if (!load(page, at, err)) {
        free_page(&page->view);
        return NULL;
    }
    return &page->view;
}
