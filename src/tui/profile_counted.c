#include "tui/profile_counted.h"

#include <stdio.h>

#include "report/values.h"
#include "tui/share_text.h"

enum {
    COLUMN = 11,      /* "4043425.9" and what is around it */
    ALLOCS_FROM = 70, /* columns of a row that has room for allocations beside the heat */
    ALLOCS = 8
};

static bool is_narrow(struct pc_area row)
{
    return row.w < PC_PROFILE_NARROW;
}

/* A number that ends before `x + COLUMN`; gives where the next one begins. */
static int draw_value(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                      struct pc_area row, int x, size_t type, int64_t value,
                      enum pc_style style)
{
    char text[PC_UNITS_MAX];
    pc_canvas_right(canvas, row, x + COLUMN - 1, 0, style,
                    pc_value_format(&p->profile, type, (double)value, text));
    return x + COLUMN;
}

static enum pc_style heat_of(const struct pc_profile_picture *p, int64_t value)
{
    struct pc_share share = pc_share_of(value, &p->stacks.whole);
    return pc_share_style(&share);
}

int pc_profile_draw_function(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                             struct pc_area row, uint32_t function)
{
    int x = 0;
    int64_t below = 0;
    for (size_t i = 0; i < p->columns.n; i++) {
        const struct pc_profile_column *column = &p->columns.items[i];
        const struct pc_sum *sum = &column->functions[function];
        bool is_first = column->type == p->type;
        if (is_first)
            below = sum->total;
        if (is_first || !is_narrow(row))
            x = draw_value(p, canvas, row, x, column->type, sum->self,
                           is_first ? heat_of(p, sum->self) : PC_STYLE_TEXT);
    }
    return draw_value(p, canvas, row, x, p->type, below, PC_STYLE_TEXT);
}

int pc_profile_draw_line(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                         struct pc_area row, int line)
{
    int x = 0;
    const struct pc_line_row *ranked = NULL;
    for (size_t i = 0; i < p->columns.n; i++) {
        const struct pc_profile_column *column = &p->columns.items[i];
        const struct pc_line_row *at = pc_lines_find(&column->lines, line);
        bool is_first = column->type == p->type;
        if (is_first)
            ranked = at;
        if (!is_first && is_narrow(row))
            continue;
        if (at)
            draw_value(p, canvas, row, x, column->type, at->self.value,
                       is_first ? heat_of(p, at->self.value) : PC_STYLE_TEXT);
        x += COLUMN;
    }
    if (is_narrow(row))
        return x;
    if (ranked)
        draw_value(p, canvas, row, x, p->type, ranked->total.value, PC_STYLE_TEXT);
    return x + COLUMN;
}

int pc_profile_draw_counted_titles(const struct pc_profile_picture *p,
                                   struct pc_canvas *canvas, struct pc_area row)
{
    char title[PC_UNITS_MAX], marked[PC_UNITS_MAX];
    int x = 0;
    for (size_t i = 0; i < p->columns.n; i++) {
        size_t type = p->columns.items[i].type;
        bool is_first = type == p->type;
        if (!is_first && is_narrow(row))
            continue;
        snprintf(marked, sizeof marked, "%s%.24s", is_first && p->columns.n > 1 ? "*" : "",
                 pc_value_title(&p->profile, type, title));
        pc_canvas_right(canvas, row, x + COLUMN - 1, 0, PC_STYLE_FAINT, marked);
        x += COLUMN;
    }
    if (p->tab == PC_TAB_SOURCE && is_narrow(row))
        return x;
    pc_canvas_right(canvas, row, x + COLUMN - 1, 0, PC_STYLE_FAINT, "below");
    return x + COLUMN;
}

static bool has_allocs(const struct pc_profile_picture *p, struct pc_area row)
{
    return p->allocs && p->allocs->columns.n > 0 && row.w >= ALLOCS_FROM;
}

int pc_profile_draw_allocs(const struct pc_profile_picture *p, struct pc_canvas *canvas,
                           struct pc_area row, int x, int line)
{
    char text[PC_UNITS_MAX];
    if (!has_allocs(p, row))
        return x;
    const struct pc_profile_column *column = &p->allocs->columns.items[0];
    const struct pc_line_row *at = pc_lines_find(&column->lines, line);
    if (at && at->self.value > 0)
        pc_canvas_right(canvas, row, x + ALLOCS - 1, 0, PC_STYLE_TEXT,
                        pc_value_format(&p->allocs->profile, column->type,
                                        (double)at->self.value, text));
    return x + ALLOCS;
}

int pc_profile_draw_allocs_title(const struct pc_profile_picture *p,
                                 struct pc_canvas *canvas, struct pc_area row, int x)
{
    if (!has_allocs(p, row))
        return x;
    pc_canvas_right(canvas, row, x + ALLOCS - 1, 0, PC_STYLE_FAINT, "allocs");
    return x + ALLOCS;
}
