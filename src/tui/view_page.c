#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/engine.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/links.h"
#include "tui/outline.h"
#include "tui/reader.h"
#include "tui/searcher.h"

struct page {
    struct pc_view view;
    struct pc_browser *browser;
    const struct pc_topic *topic;
    size_t at;
    bool seen; /* its end was on the screen */
    struct pc_reader reader;
    struct pc_searcher searcher;
    struct pc_outline outline;
};

static bool has_outline(const struct page *page)
{
    return page->view.area.w >= PC_OUTLINE_SCREEN;
}

static struct pc_area text_area(const struct page *page)
{
    struct pc_area body = pc_body(page->view.area);
    return has_outline(page) ? pc_area_columns(body, PC_OUTLINE_WIDTH, body.w) : body;
}

/* Whoever has seen the end of a page has read it. */
static void note_end(struct page *page)
{
    if (page->seen || !pc_pager_is_at_end(&page->reader.pager, text_area(page).h))
        return;
    page->seen = true;
    pc_engine_page_read(page->browser->engine, page->topic->pages[page->at].key);
    page->outline.read[page->at] = true;
}

static bool load(struct page *page, size_t at, struct pc_err *err)
{
    char *text =
        pc_engine_page(page->browser->engine, page->topic, &page->topic->pages[at], err);
    if (!text)
        return false;
    page->at = at;
    page->seen = false;
    page->searcher.active = false;
    pc_reader_end_find(&page->reader, text_area(page));
    pc_reader_set(&page->reader, text, strlen(text));
    return true;
}

static void settle(struct page *page)
{
    pc_reader_settle(&page->reader, text_area(page), pc_app_is_ascii(page->browser->app));
    note_end(page);
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct page *page = (const struct page *)view;
    const struct pc_topic *topic = page->topic;
    struct pc_area text = text_area(page);
    char facts[64];
    snprintf(facts, sizeof facts, "page %zu of %zu   %d %%", page->at + 1, topic->n_pages,
             pc_pager_percent(&page->reader.pager, text.h));
    PC_AUTO(pc_auto_free) char *title = pc_strfmt("%02d %s", topic->number, topic->title);
    pc_browser_header(page->browser, canvas, view, title, facts, NULL);
    if (has_outline(page))
        pc_outline_draw(&page->outline, page->at, page->reader.pager.top, canvas,
                        pc_area_columns(pc_body(view->area), 0, PC_OUTLINE_WIDTH));
    pc_reader_draw(&page->reader, canvas, text);
    pc_footer_draw(canvas, view);
}

static enum pc_reaction exercise(struct page *page)
{
    struct pc_err err;
    const struct pc_exercise *next = pc_outline_open_exercise(&page->outline);
    return pc_browser_open(page->browser, &page->view,
                           pc_exercise_create(page->browser, next, &err), PC_OPEN, &err);
}

/* Behind the last page are the exercises, and when they are passed the cards. */
static bool goes_on(const struct page *page)
{
    return pc_outline_open_exercise(&page->outline) || page->topic->n_cards > 0;
}

static enum pc_reaction go_on(struct page *page)
{
    struct pc_err err;
    if (pc_outline_open_exercise(&page->outline))
        return exercise(page);
    return pc_browser_open(page->browser, &page->view,
                           pc_cards_create(page->browser, page->topic, &err), PC_OPEN,
                           &err);
}

static enum pc_reaction turn(struct page *page, long by)
{
    long to = (long)page->at + by;
    struct pc_err err;
    if (to >= (long)page->topic->n_pages)
        return go_on(page);
    if (!load(page, (size_t)to, &err)) {
        pc_app_say(page->browser->app, "%s", err.msg);
        return PC_HANDLED;
    }
    pc_reader_act(&page->reader, text_area(page), PC_ACT_FIRST);
    settle(page);
    return PC_REDRAW;
}

/* The one that the page names first, else the topic's first. */
static const struct pc_experiment *experiment_of(const struct page *page)
{
    const struct pc_document *document = page->reader.document;
    const struct pc_experiment *named = NULL;
    for (size_t i = 0; document && i < document->n_links && !named; i++)
        named = pc_link_experiment(page->topic, document->links[i].url);
    return named ? named : page->topic->n_experiments > 0 ? page->topic->experiments : NULL;
}

static enum pc_reaction follow(struct page *page, const struct pc_link *link)
{
    page->view.opens = pc_link_follow(page->browser, page->topic, link->url);
    return page->view.opens ? PC_OPEN : PC_HANDLED;
}

static enum pc_reaction copy(struct page *page)
{
    PC_AUTO(pc_auto_free) char *text = pc_document_text(page->reader.document);
    pc_app_copy(page->browser->app, text, strlen(text));
    return PC_HANDLED;
}

/* Everything but scrolling and searching. */
static enum pc_reaction work(struct page *page, enum pc_action action)
{
    struct pc_err err;
    struct pc_area text = text_area(page);
    const struct pc_link *link = pc_reader_link(&page->reader, text);
    switch (action) {
    case PC_ACT_OPEN:
        return link ? follow(page, link) : turn(page, 1);
    case PC_ACT_NEXT:
    case PC_ACT_PREVIOUS:
        return turn(page, action == PC_ACT_NEXT ? 1 : -1);
    case PC_ACT_EXERCISE:
        return exercise(page);
    case PC_ACT_EXPERIMENT:
        return pc_browser_open(
            page->browser, &page->view,
            pc_experiment_create(page->browser, page->topic, experiment_of(page), &err),
            PC_OPEN, &err);
    case PC_ACT_NEXT_PANE:
    case PC_ACT_PREVIOUS_PANE:
        pc_reader_next_link(&page->reader, text, action == PC_ACT_PREVIOUS_PANE);
        return PC_REDRAW;
    case PC_ACT_LINKS:
        page->view.opens =
            pc_links_create(page->browser, page->topic, page->reader.document);
        return PC_OPEN;
    case PC_ACT_COPY:
        return copy(page);
    default:
        return pc_reader_act(&page->reader, text, action);
    }
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct page *page = (struct page *)view;
    enum pc_reaction reaction = pc_searcher_act(&page->searcher, action, key);
    if (reaction == PC_IGNORED)
        reaction = work(page, action);
    note_end(page);
    return reaction;
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    const struct page *page = (const struct page *)view;
    bool has_next = page->at + 1 < page->topic->n_pages || goes_on(page);
    switch (action) {
    case PC_ACT_NEXT:
        return has_next;
    case PC_ACT_OPEN:
        return has_next || pc_reader_link(&page->reader, text_area(page));
    case PC_ACT_PREVIOUS:
        return page->at > 0;
    case PC_ACT_EXERCISE:
        return pc_outline_open_exercise(&page->outline) != NULL;
    case PC_ACT_EXPERIMENT:
        return page->topic->n_experiments > 0;
    case PC_ACT_LINKS:
    case PC_ACT_NEXT_PANE:
    case PC_ACT_PREVIOUS_PANE:
        return page->reader.document && page->reader.document->n_links > 0;
    case PC_ACT_COPY:
        return true;
    default:
        return pc_searcher_can(&page->searcher, action) || pc_action_moves(action) ||
               pc_action_is_everywhere(action);
    }
}

static void resize(struct pc_view *view)
{
    settle((struct page *)view);
}

static void uncover(struct pc_view *view)
{
    struct page *page = (struct page *)view;
    pc_outline_refresh(&page->outline, page->browser->engine);
}

static enum pc_reaction event(struct pc_view *view, const struct pc_event *what)
{
    if (!what || what->kind != PC_EVENT_VERDICT)
        return PC_IGNORED;
    uncover(view);
    return PC_REDRAW;
}

static enum pc_find find(struct pc_view *view, const char *words, bool backwards)
{
    struct page *page = (struct page *)view;
    return pc_reader_find(&page->reader, text_area(page), words, backwards);
}

static void end_find(struct pc_view *view)
{
    struct page *page = (struct page *)view;
    pc_reader_end_find(&page->reader, text_area(page));
}

static void free_page(struct pc_view *view)
{
    struct page *page = (struct page *)view;
    pc_reader_fini(&page->reader);
    pc_outline_fini(&page->outline);
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
                                           .event = event,
                                           .resize = resize,
                                           .uncover = uncover,
                                           .free = free_page};
    static const struct pc_search_ops search = {.find = find, .end = end_find};
    struct page *page = pc_alloc(sizeof *page);
    page->view.ops = &ops;
    page->browser = browser;
    page->topic = topic;
    page->searcher =
        (struct pc_searcher){.ops = &search, .app = browser->app, .view = &page->view};
    pc_outline_init(&page->outline, topic);
    uncover(&page->view);
    if (!load(page, at, err)) {
        free_page(&page->view);
        return NULL;
    }
    return &page->view;
}
