#include "tui/bars.h"

#include <string.h>

#include "tui/key.h"

bool pc_is_short(struct pc_area area)
{
    return area.w < 40 || area.h < 10;
}

struct pc_area pc_body(struct pc_area area)
{
    int top = pc_is_short(area) ? 1 : 2;
    return pc_area_rows(area, top, area.h - top - 1);
}

void pc_header_draw(struct pc_canvas *canvas, struct pc_area area, const char *title,
                    const char *facts)
{
    int room = area.w - 2;
    int wide = pc_canvas_measure(canvas, facts, strlen(facts));
    int titled = pc_canvas_measure(canvas, title, strlen(title));
    /* The title says where one is; facts that do not fit beside it are left out. */
    if (wide > 0 && titled + 2 + wide <= room) {
        pc_canvas_right(canvas, area, area.w - 1, 0, PC_STYLE_BAR, facts);
        room -= wide + 2;
    }
    pc_canvas_cut(canvas, area, 1, 0, room, PC_STYLE_HEADING, title);
    if (!pc_is_short(area))
        pc_canvas_rule(canvas, area, 1);
}

void pc_status_draw(struct pc_canvas *canvas, struct pc_area area, const char *message)
{
    if (area.h < 3)
        return;
    struct pc_area line = pc_area_rows(area, area.h - 2, 1);
    pc_canvas_blank(canvas, line);
    pc_canvas_cut(canvas, line, 1, 0, area.w - 2, PC_STYLE_STRONG, message);
}

/* The footer is laid out in one place for drawing and for clicks. */
struct item {
    const struct pc_binding *binding;
    int x, w;
};

enum { ITEMS = 16, GAP = 3 };

/* The footer names the first of the keys. */
static size_t first_key(const struct pc_binding *binding)
{
    return strcspn(binding->shown, " ");
}

static int item_width(const struct pc_canvas *canvas, const struct pc_binding *binding)
{
    return pc_canvas_measure(canvas, binding->shown, first_key(binding)) + 1 +
           pc_canvas_measure(canvas, binding->footer, strlen(binding->footer));
}

static size_t lay_out(const struct pc_canvas *canvas, const struct pc_view *view,
                      struct item items[ITEMS])
{
    size_t n_table, n = 0;
    const struct pc_binding *table = pc_keymap(&n_table);
    const struct pc_binding *help = pc_keymap_action(view->ops->screen, PC_ACT_HELP);
    if (help && view->ops->can && !view->ops->can(view, PC_ACT_HELP))
        help = NULL;
    int x = 1, reserved = help ? item_width(canvas, help) : 0;
    for (size_t i = 0; i < n_table && n + 1 < ITEMS; i++) {
        const struct pc_binding *binding = &table[i];
        if (!binding->footer || binding->action == PC_ACT_HELP ||
            !(binding->screens & view->ops->screen) || !pc_view_can(view, binding->action))
            continue;
        int w = item_width(canvas, binding);
        if (x + w + GAP + reserved + 1 > view->area.w)
            continue;
        items[n++] = (struct item){.binding = binding, .x = x, .w = w};
        x += w + GAP;
    }
    if (help)
        items[n++] = (struct item){.binding = help, .x = x, .w = reserved};
    return n;
}

void pc_footer_draw(struct pc_canvas *canvas, const struct pc_view *view)
{
    struct item items[ITEMS];
    size_t n = lay_out(canvas, view, items);
    struct pc_area line = pc_area_rows(view->area, view->area.h - 1, 1);
    pc_canvas_blank(canvas, line);
    for (size_t i = 0; i < n; i++) {
        const struct pc_binding *binding = items[i].binding;
        int x = pc_canvas_put(canvas, line, items[i].x, 0, PC_STYLE_KEY, binding->shown,
                              first_key(binding));
        pc_canvas_text(canvas, line, x + 1, 0, PC_STYLE_BAR, binding->footer);
    }
}

int pc_footer_key(const struct pc_view *view, bool ascii, int x)
{
    struct item items[ITEMS];
    struct pc_canvas *canvas = pc_canvas_create(1, 1, ascii);
    size_t n = lay_out(canvas, view, items);
    pc_canvas_free(canvas);
    for (size_t i = 0; i < n; i++)
        if (x >= items[i].x && x < items[i].x + items[i].w)
            return items[i].binding->keys[0];
    return PC_KEY_NONE;
}
