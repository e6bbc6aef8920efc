#include "tui/strip.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LABEL = 10, DOUBLING = 10, LEAST_DOUBLING = 2, MOST_DOUBLINGS = 10, NUMBER = 9 };

/* Columns from `label` cells on; the axis begins at 2^first. */
struct axis {
    int first, doublings, per_doubling;
};

static int column(const struct axis *axis, double value)
{
    double at = (log2(value) - axis->first) * axis->per_doubling;
    int end = axis->doublings * axis->per_doubling;
    return LABEL + (at < 0 ? 0 : at > end ? end : (int)lround(at));
}

/* From below the least value, 1x included, to above the greatest, target included. */
static struct axis choose(const struct pc_strip *strip, int width)
{
    double low = 1, high = strip->target > 0 ? strip->target : 2;
    for (size_t i = 0; i < strip->n; i++) {
        if (!(strip->rows[i].middle > 0))
            continue;
        low = fmin(low, fmax(strip->rows[i].low, 1.0 / 1024));
        high = fmax(high, strip->rows[i].high);
    }
    struct axis axis = {.first = (int)floor(log2(low))};
    int last = (int)ceil(log2(high) + 0.1), room = width - LABEL - NUMBER;
    axis.doublings =
        last - axis.first < MOST_DOUBLINGS ? last - axis.first : MOST_DOUBLINGS;
    if (axis.doublings < 1)
        axis.doublings = 1;
    axis.per_doubling = DOUBLING;
    while (axis.per_doubling > LEAST_DOUBLING && axis.doublings * axis.per_doubling > room)
        axis.per_doubling--;
    if (axis.doublings * axis.per_doubling > room)
        axis.doublings = room / axis.per_doubling > 1 ? room / axis.per_doubling : 1;
    return axis;
}

static void name(char text[32], double value)
{
    if (value >= 1)
        snprintf(text, 32, "%gx", value);
    else
        snprintf(text, 32, "1/%g", 1 / value);
}

static void draw_names(const struct pc_strip *strip, const struct axis *axis,
                       struct pc_canvas *canvas, struct pc_area area)
{
    int goal = area.w + 1, behind = 0, free_from = 0;
    char text[32];
    pc_canvas_text(canvas, area, 0, 0, PC_STYLE_FAINT, "speedup");
    if (strip->target > 0) {
        snprintf(text, sizeof text, "%.3gx=goal", strip->target);
        goal = column(axis, strip->target);
        behind = pc_canvas_text(canvas, area, goal, 0, PC_STYLE_STRONG, text);
    }
    for (int i = 0; i <= axis->doublings; i++) {
        int x = LABEL + i * axis->per_doubling;
        name(text, exp2(axis->first + i));
        int end = x + (int)strlen(text);
        if (x < free_from || (end >= goal && x <= behind))
            continue;
        free_from = pc_canvas_text(canvas, area, x, 0, PC_STYLE_FAINT, text) + 1;
    }
}

static void draw_row(const struct pc_strip *strip, const struct axis *axis,
                     const struct pc_strip_row *row, struct pc_canvas *canvas,
                     struct pc_area area, int y)
{
    pc_canvas_cut(canvas, area, 0, y, LABEL - 1, PC_STYLE_TEXT, row->label);
    for (int i = 0; i <= axis->doublings; i++)
        pc_canvas_text(canvas, area, LABEL + i * axis->per_doubling, y, PC_STYLE_FAINT,
                       "·");
    if (strip->target > 0)
        pc_canvas_text(canvas, area, column(axis, strip->target), y, PC_STYLE_STRONG, "┊");
    if (!(row->middle > 0))
        return;
    int low = column(axis, fmax(row->low, 1e-9)), high = column(axis, row->high);
    int middle = column(axis, row->middle);
    for (int x = low + 1; x < high; x++)
        pc_canvas_text(canvas, area, x, y, row->style, "─");
    if (low < middle)
        pc_canvas_text(canvas, area, low, y, row->style, "├");
    if (high > middle)
        pc_canvas_text(canvas, area, high, y, row->style, "┤");
    pc_canvas_text(canvas, area, middle, y, row->style, "●");
    /* An interval of some percent is one cell wide: the number says more. */
    char text[16];
    snprintf(text, sizeof text, row->middle < 100 ? "%.3gx" : "%.0fx", row->middle);
    int end = LABEL + axis->doublings * axis->per_doubling;
    pc_canvas_text(canvas, area, end + 3, y, row->style, text);
}

int pc_strip_draw(const struct pc_strip *strip, struct pc_canvas *canvas,
                  struct pc_area area)
{
    struct axis axis = choose(strip, area.w);
    draw_names(strip, &axis, canvas, area);
    int y = 1;
    for (size_t i = 0; i < strip->n && y < area.h; i++)
        draw_row(strip, &axis, &strip->rows[i], canvas, area, y++);
    return y;
}
