#include "tui/pager.h"

enum { SIDE_STEP = 8 };

static size_t furthest_top(const struct pc_pager *pager, int rows)
{
    size_t lines = rows > 0 ? (size_t)rows : 1;
    return pager->n > lines ? pager->n - lines : 0;
}

static void go(struct pc_pager *pager, int rows, long to)
{
    long last = (long)furthest_top(pager, rows);
    pager->top = to < 0 ? 0 : to > last ? (size_t)last : (size_t)to;
}

void pc_pager_set(struct pc_pager *pager, const struct pc_pager_line *lines, size_t n,
                  int rows)
{
    /* Text that was laid out anew for another width has its places at the same shares. */
    size_t top = pager->n > 0 ? (pager->top * n + pager->n / 2) / pager->n : 0;
    if (n == pager->n)
        top = pager->top;
    pager->lines = lines;
    pager->n = n;
    go(pager, rows, (long)top);
}

void pc_pager_show(struct pc_pager *pager, int rows, size_t line)
{
    go(pager, rows, (long)line);
}

void pc_pager_fini(struct pc_pager *pager)
{
    *pager = (struct pc_pager){0};
}

static void slide(struct pc_pager *pager, bool right)
{
    size_t widest = 0;
    for (size_t i = 0; i < pager->n; i++)
        if (pager->lines[i].slides && pager->lines[i].n > widest)
            widest = pager->lines[i].n;
    if (right && pager->side + SIDE_STEP < widest)
        pager->side += SIDE_STEP;
    if (!right)
        pager->side -= pager->side < SIDE_STEP ? pager->side : SIDE_STEP;
}

enum pc_reaction pc_pager_act(struct pc_pager *pager, int rows, enum pc_action action)
{
    size_t before = pager->top, side = pager->side;
    long by;
    if (pc_action_distance(action, rows, &by))
        go(pager, rows, (long)before + by);
    else if (action == PC_ACT_SIDE_RIGHT || action == PC_ACT_SIDE_LEFT)
        slide(pager, action == PC_ACT_SIDE_RIGHT);
    else
        return PC_IGNORED;
    return pager->top == before && pager->side == side ? PC_HANDLED : PC_REDRAW;
}

bool pc_pager_is_at_end(const struct pc_pager *pager, int rows)
{
    return pager->top >= furthest_top(pager, rows);
}

int pc_pager_percent(const struct pc_pager *pager, int rows)
{
    size_t seen = pager->top + (size_t)(rows > 0 ? rows : 0);
    size_t steps = 100 / PC_PAGER_STEP;
    if (pager->n == 0 || seen >= pager->n)
        return 100;
    return (int)(seen * steps / pager->n) * PC_PAGER_STEP;
}

static void draw_line(const struct pc_pager_line *line, struct pc_canvas *canvas,
                      struct pc_area area, int x, int y)
{
    size_t at = 0;
    for (size_t i = 0; i < line->n_spans && at < line->n; i++) {
        size_t end = line->spans[i].end < line->n ? line->spans[i].end : line->n;
        if (end <= at)
            continue;
        x = pc_canvas_put(canvas, area, x, y, line->spans[i].style, line->text + at,
                          end - at);
        at = end;
    }
    pc_canvas_put(canvas, area, x, y, PC_STYLE_TEXT, line->text + at, line->n - at);
}

void pc_pager_draw(const struct pc_pager *pager, struct pc_canvas *canvas,
                   struct pc_area area)
{
    for (int y = 0; y < area.h && pager->top + (size_t)y < pager->n; y++) {
        const struct pc_pager_line *line = &pager->lines[pager->top + (size_t)y];
        int x = line->slides ? -(int)pager->side : 0;
        draw_line(line, canvas, area, x, y);
        if (!line->slides)
            continue;
        if (x + pc_canvas_measure(canvas, line->text, line->n) > area.w)
            pc_canvas_text(canvas, area, area.w - 1, y, PC_STYLE_KEY, "›");
        if (x < 0 && line->n > 0)
            pc_canvas_text(canvas, area, 0, y, PC_STYLE_KEY, "‹");
    }
}
