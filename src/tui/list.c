#include "tui/list.h"

void pc_list_settle(struct pc_list *list, int rows)
{
    size_t lines = rows > 0 ? (size_t)rows : 1;
    if (list->cursor >= list->n)
        list->cursor = list->n > 0 ? list->n - 1 : 0;
    if (list->top + lines > list->n)
        list->top = list->n > lines ? list->n - lines : 0;
    if (list->cursor < list->top)
        list->top = list->cursor;
    if (list->cursor >= list->top + lines)
        list->top = list->cursor + 1 - lines;
}

enum pc_reaction pc_list_act(struct pc_list *list, int rows, enum pc_action action)
{
    long by;
    size_t before = list->cursor, top = list->top;
    if (!pc_action_distance(action, rows, &by))
        return PC_IGNORED;
    long to = (long)list->cursor + by;
    long last = list->n > 0 ? (long)list->n - 1 : 0;
    list->cursor = to < 0 ? 0 : to > last ? (size_t)last : (size_t)to;
    pc_list_settle(list, rows);
    return list->cursor == before && list->top == top ? PC_HANDLED : PC_REDRAW;
}

bool pc_list_click(struct pc_list *list, int y)
{
    if (y < 0 || list->top + (size_t)y >= list->n)
        return false;
    list->cursor = list->top + (size_t)y;
    return true;
}

void pc_list_draw(const struct pc_list *list, struct pc_canvas *canvas, struct pc_area area,
                  pc_list_row *row, const void *ctx)
{
    for (int y = 0; y < area.h && list->top + (size_t)y < list->n; y++) {
        size_t i = list->top + (size_t)y;
        struct pc_area line = pc_area_rows(area, y, 1);
        row(ctx, i, canvas, pc_area_columns(line, 2, area.w - 2));
        if (i != list->cursor)
            continue;
        pc_canvas_text(canvas, line, 0, 0, PC_STYLE_STRONG, "▸");
        pc_canvas_mark(canvas, pc_area_columns(line, 2, area.w - 2));
    }
}
