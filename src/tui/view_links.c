#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/words.h"
#include "tui/bars.h"
#include "tui/links.h"
#include "tui/list.h"

enum { BOX_WIDTH = 76, AROUND = 4, FRAME = 2, NARROW = 40 };

struct links {
    struct pc_view view;
    struct pc_browser *browser;
    const struct pc_topic *topic;
    struct pc_words texts, urls;
    struct pc_list list;
};

static struct pc_area box_in(const struct links *links)
{
    struct pc_area body = pc_body(links->view.area);
    int w = body.w - AROUND < BOX_WIDTH ? body.w - AROUND : BOX_WIDTH;
    int h = (int)links->list.n + FRAME;
    w = w < NARROW ? body.w : w;
    h = h < body.h ? h : body.h;
    return (struct pc_area){
        .x = body.x + (body.w - w) / 2, .y = body.y + (body.h - h) / 3, .w = w, .h = h};
}

static int rows_in(const struct links *links)
{
    return box_in(links).h - FRAME;
}

/* The text of a link, and where it leads to if that fits. */
static void draw_row(const void *ctx, size_t i, struct pc_canvas *canvas,
                     struct pc_area area)
{
    const struct links *links = ctx;
    const char *text = links->texts.items[i], *url = links->urls.items[i];
    int x = pc_canvas_printf(canvas, area, 0, 0, PC_STYLE_FAINT, "%zu ", i + 1);
    int end = x + pc_canvas_measure(canvas, text, strlen(text));
    int wide = pc_canvas_measure(canvas, url, strlen(url));
    if (*text && end + 2 + wide < area.w)
        pc_canvas_right(canvas, area, area.w - 1, 0, PC_STYLE_FAINT, url);
    pc_canvas_cut(canvas, area, x, 0, area.w - x - 1, PC_STYLE_TEXT, *text ? text : url);
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct links *links = (const struct links *)view;
    struct pc_area inside = pc_canvas_box(canvas, box_in(links));
    pc_list_draw(&links->list, canvas, inside, draw_row, links);
    pc_footer_draw(canvas, view);
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct links *links = (struct links *)view;
    const char *url = links->urls.items[links->list.cursor];
    (void)key;
    switch (action) {
    case PC_ACT_OPEN:
        view->opens = pc_link_follow(links->browser, links->topic, url);
        return view->opens ? PC_REPLACE : PC_CLOSE;
    case PC_ACT_COPY:
        pc_app_copy(links->browser->app, url, strlen(url));
        return PC_HANDLED;
    case PC_ACT_LINKS:
        return PC_CLOSE;
    default:
        return pc_list_act(&links->list, rows_in(links), action);
    }
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    (void)view;
    switch (action) {
    case PC_ACT_OPEN:
    case PC_ACT_COPY:
    case PC_ACT_LINKS:
        return true;
    case PC_ACT_SIDE_LEFT:
    case PC_ACT_SIDE_RIGHT:
        return false;
    default:
        return pc_action_moves(action) || pc_action_is_everywhere(action);
    }
}

static enum pc_reaction click(struct pc_view *view, int x, int y)
{
    struct links *links = (struct links *)view;
    struct pc_area box = box_in(links);
    bool inside = pc_area_has(box, x, y) && y > box.y && y < box.y + box.h - 1;
    return inside && pc_list_click(&links->list, y - box.y - 1) ? PC_REDRAW : PC_HANDLED;
}

static void resize(struct pc_view *view)
{
    struct links *links = (struct links *)view;
    pc_list_settle(&links->list, rows_in(links));
}

static void drop(struct pc_view *view)
{
    struct links *links = (struct links *)view;
    pc_words_fini(&links->texts);
    pc_words_fini(&links->urls);
    free(links);
}

struct pc_view *pc_links_create(struct pc_browser *browser, const struct pc_topic *topic,
                                const struct pc_document *document)
{
    static const struct pc_view_ops ops = {.name = "links",
                                           .screen = PC_SCREEN_LINKS,
                                           .is_overlay = true,
                                           .draw = draw,
                                           .act = act,
                                           .can = can,
                                           .click = click,
                                           .resize = resize,
                                           .free = drop};
    struct links *links = pc_alloc(sizeof *links);
    links->view.ops = &ops;
    links->browser = browser;
    links->topic = topic;
    for (size_t i = 0; i < document->n_links; i++) {
        pc_words_add(&links->texts, document->links[i].text);
        pc_words_add(&links->urls, document->links[i].url);
    }
    links->list.n = document->n_links;
    return &links->view;
}
