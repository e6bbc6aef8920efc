#include "tui/help.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/bars.h"
#include "tui/list.h"

enum {
    COLUMNS = 3,
    COLUMN_WIDTH = 38,
    LABEL_AT = 15,
};

/* A title, a blank line, or the keys of an action. */
struct line {
    const char *title;
    const struct pc_binding *binding;
};

struct column {
    struct line *items;
    size_t n, cap;
};

struct help {
    struct pc_view view;
    enum pc_screen of;
    struct column groups[PC_HELP_GROUPS];
    struct column columns[COLUMNS];
    size_t n_columns;
    struct pc_list scroll; /* its cursor is the last line that must be seen */
};

static void collect(struct help *help, const struct pc_view *of)
{
    static const char *const titles[PC_HELP_GROUPS] = {"Move", "Work", "Everywhere"};
    size_t n;
    const struct pc_binding *table = pc_keymap(&n);
    for (size_t group = 0; group < PC_HELP_GROUPS; group++) {
        struct column *lines = &help->groups[group];
        for (size_t i = 0; i < n; i++) {
            const struct pc_binding *binding = &table[i];
            if (binding->group != group || !binding->label ||
                !(binding->screens & of->ops->screen) || !pc_view_can(of, binding->action))
                continue;
            if (lines->n == 0)
                PC_PUSH(lines)->title = titles[group];
            PC_PUSH(lines)->binding = binding;
        }
    }
}

static void add(struct column *column, const struct column *lines)
{
    if (column->n > 0 && lines->n > 0)
        PC_PUSH(column)->title = "";
    for (size_t i = 0; i < lines->n; i++)
        *PC_PUSH(column) = lines->items[i];
}

/* As many columns as fit; with two, what is the same everywhere has one of its own. */
static void resize(struct pc_view *view)
{
    struct help *help = (struct help *)view;
    int fit = (view->area.w - 2) / COLUMN_WIDTH;
    help->n_columns = fit < 1 ? 1 : fit > COLUMNS ? COLUMNS : (size_t)fit;
    for (size_t i = 0; i < COLUMNS; i++)
        help->columns[i].n = 0;
    for (size_t group = 0; group < PC_HELP_GROUPS; group++) {
        size_t at = help->n_columns == COLUMNS ? group
                    : help->n_columns == 2     ? group == PC_HELP_EVERYWHERE
                                               : 0;
        add(&help->columns[at], &help->groups[group]);
    }
    help->scroll.n = 0;
    for (size_t i = 0; i < help->n_columns; i++)
        if (help->columns[i].n > help->scroll.n)
            help->scroll.n = help->columns[i].n;
    help->scroll.cursor = help->scroll.top;
    pc_list_settle(&help->scroll, pc_body(view->area).h);
}

static void draw_line(const struct line *line, struct pc_canvas *canvas,
                      struct pc_area area, int y)
{
    if (line->title) {
        pc_canvas_text(canvas, area, 0, y, PC_STYLE_HEADING, line->title);
        return;
    }
    int x = pc_canvas_text(canvas, area, 2, y, PC_STYLE_KEY, line->binding->shown) + 1;
    x = x < LABEL_AT ? LABEL_AT : x;
    pc_canvas_cut(canvas, area, x, y, area.w - x, PC_STYLE_TEXT, line->binding->label);
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct help *help = (const struct help *)view;
    struct pc_area body = pc_area_inset(pc_body(view->area), 1, 0);
    PC_AUTO(pc_auto_free) char *facts = pc_strfmt("%s view", pc_screen_name(help->of));
    pc_canvas_blank(canvas, view->area);
    pc_header_draw(canvas, view->area, "Help", facts);
    pc_footer_draw(canvas, view);
    int wide = body.w / (int)help->n_columns;
    for (size_t i = 0; i < help->n_columns; i++) {
        const struct column *column = &help->columns[i];
        struct pc_area area = pc_area_columns(body, (int)i * wide, wide - 1);
        for (int y = 0; y < body.h && help->scroll.top + (size_t)y < column->n; y++)
            draw_line(&column->items[help->scroll.top + (size_t)y], canvas, area, y);
    }
}

/* Scrolling moves the page at once, not a cursor that cannot be seen. */
static enum pc_reaction scroll(struct help *help, enum pc_action action)
{
    int rows = pc_body(help->view.area).h;
    bool down = action == PC_ACT_DOWN || action == PC_ACT_PAGE_DOWN ||
                action == PC_ACT_HALF_DOWN || action == PC_ACT_LAST;
    size_t top = help->scroll.top;
    help->scroll.cursor = down ? top + (size_t)(rows > 0 ? rows - 1 : 0) : top;
    pc_list_settle(&help->scroll, rows);
    enum pc_reaction reaction = pc_list_act(&help->scroll, rows, action);
    return reaction == PC_REDRAW && help->scroll.top == top ? PC_HANDLED : reaction;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    (void)key;
    if (action == PC_ACT_HELP)
        return PC_CLOSE;
    return scroll((struct help *)view, action);
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    (void)view;
    switch (action) {
    case PC_ACT_BACK:
    case PC_ACT_HELP:
    case PC_ACT_QUIT:
    case PC_ACT_CANCEL:
    case PC_ACT_REDRAW:
    case PC_ACT_SUSPEND:
    case PC_ACT_MOUSE:
        return true;
    default:
        return action >= PC_ACT_DOWN && action <= PC_ACT_LAST;
    }
}

static void drop(struct pc_view *view)
{
    struct help *help = (struct help *)view;
    for (size_t i = 0; i < PC_HELP_GROUPS; i++)
        free(help->groups[i].items);
    for (size_t i = 0; i < COLUMNS; i++)
        free(help->columns[i].items);
    free(help);
}

static const struct pc_view_ops ops = {
    .name = "help",
    .screen = PC_SCREEN_HELP,
    .draw = draw,
    .act = act,
    .can = can,
    .resize = resize,
    .free = drop,
};

struct pc_view *pc_help_create(const struct pc_view *of)
{
    struct help *help = pc_alloc(sizeof *help);
    help->view.ops = &ops;
    help->of = of->ops->screen;
    collect(help, of);
    return &help->view;
}
