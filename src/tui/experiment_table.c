#include "tui/experiment_lines.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/units.h"
#include "tui/table.h"

enum { CELL_MAX = 96 };

/* The points in the order in which a table reads them; `cell` is what it gets. */
struct grid {
    const struct pc_experiment *experiment;
    const struct pc_experiment_state *state;
    double *xs;
    size_t n_xs;
    char *cell; /* CELL_MAX bytes */
};

/* The greater half of the interval, as a share: it need not be symmetric. */
static const char *format_y(const struct grid *grid, const struct pc_measured *p)
{
    char value[PC_UNITS_MAX];
    pc_format_metric(p->y, grid->experiment->unit, value);
    if (isfinite(p->low) && isfinite(p->high) && p->y > 0)
        snprintf(grid->cell, CELL_MAX, "%s ±%.0f %%", value,
                 100 * fmax(p->high - p->y, p->y - p->low) / p->y);
    else
        snprintf(grid->cell, CELL_MAX, "%s", value);
    return grid->cell;
}

static struct pc_table_cell grid_cell(const void *ctx, size_t row, size_t column)
{
    const struct grid *grid = ctx;
    if (column == 0)
        return (struct pc_table_cell){.text = pc_format_grouped(grid->xs[row], grid->cell)};
    const struct pc_line_of_points *s = &grid->state->series.items[column - 1];
    for (size_t i = 0; i < s->n; i++)
        if (s->items[i].x == grid->xs[row])
            return (struct pc_table_cell){.text = format_y(grid, &s->items[i])};
    return (struct pc_table_cell){0};
}

/* The point that is number `row` of all, and its series. */
static const struct pc_measured *point_at(const struct pc_experiment_state *state,
                                          size_t row,
                                          const struct pc_line_of_points **series)
{
    for (*series = state->series.items; row >= (*series)->n; (*series)++)
        row -= (*series)->n;
    return &(*series)->items[row];
}

static struct pc_table_cell list_cell(const void *ctx, size_t row, size_t column)
{
    const struct grid *grid = ctx;
    const struct pc_line_of_points *series;
    const struct pc_measured *p = point_at(grid->state, row, &series);
    const char *unit = grid->experiment->unit;
    char low[PC_UNITS_MAX], high[PC_UNITS_MAX];
    switch (column) {
    case 0:
        return (struct pc_table_cell){.text = pc_format_grouped(p->x, grid->cell)};
    case 1:
        return (struct pc_table_cell){.text = pc_format_metric(p->y, unit, grid->cell)};
    default:
        if (!isfinite(p->low) || !isfinite(p->high))
            return (struct pc_table_cell){0};
        snprintf(grid->cell, CELL_MAX, "[%s, %s]", pc_format_metric(p->low, unit, low),
                 pc_format_metric(p->high, unit, high));
        return (struct pc_table_cell){.text = grid->cell};
    }
}

static bool fits(const struct pc_table *table, const struct pc_canvas *canvas, int width)
{
    struct pc_table_layout layout;
    pc_table_layout(table, canvas, width, &layout);
    for (size_t i = 0; i < table->n_columns; i++)
        if (layout.columns[i].w == 0)
            return false;
    return true;
}

/* What stands on a canvas of one row, as a line. */
static void add_row(struct pc_experiment_lines *lines, struct pc_canvas *canvas,
                    enum pc_style style)
{
    PC_AUTO(pc_auto_free) char *dump = pc_canvas_dump(canvas);
    pc_experiment_lines_put(lines, style, dump, strcspn(dump, "\n"));
    pc_canvas_clear(canvas);
}

/* The table is drawn row by row and taken from there as text: it can be longer than the
 * screen.  In a list each series begins with its name. */
static void add_drawn(struct pc_experiment_lines *lines, const struct pc_table *table,
                      const struct pc_experiment_text *text, bool is_list)
{
    struct pc_table_layout layout;
    const struct pc_line_of_points *series;
    int width = (int)text->table_width;
    struct pc_canvas *canvas = pc_canvas_create(width, 1, text->ascii);
    struct pc_area area = pc_canvas_area(canvas);
    pc_table_layout(table, canvas, width, &layout);
    pc_table_titles(table, &layout, canvas, area, 0);
    add_row(lines, canvas, PC_STYLE_STRONG);
    for (size_t i = 0; i < table->n_rows; i++) {
        if (is_list && point_at(text->state, i, &series) == series->items)
            pc_experiment_lines_put(lines, PC_STYLE_STRONG, series->name,
                                    strlen(series->name));
        pc_table_row(table, &layout, canvas, area, 0, i);
        add_row(lines, canvas, PC_STYLE_TEXT);
    }
    pc_experiment_lines_put(lines, PC_STYLE_TEXT, "", 0);
    pc_canvas_free(canvas);
}

static struct pc_table grid_table(const struct grid *grid,
                                  struct pc_column columns[PC_TABLE_COLUMNS])
{
    const struct pc_experiment_state *state = grid->state;
    struct pc_table table = {.columns = columns,
                             .n_columns = state->series.n + 1,
                             .n_rows = grid->n_xs,
                             .cell = grid_cell,
                             .ctx = grid};
    columns[0] = (struct pc_column){.title = grid->experiment->x, .right = true};
    for (size_t i = 0; i < state->series.n && i + 1 < PC_TABLE_COLUMNS; i++)
        columns[i + 1] =
            (struct pc_column){.title = state->series.items[i].name, .right = true};
    return table;
}

void pc_experiment_lines_add_table(struct pc_experiment_lines *lines,
                                   const struct pc_experiment_text *text)
{
    char cell[CELL_MAX];
    int width = (int)text->table_width;
    struct grid grid = {.experiment = text->experiment, .state = text->state, .cell = cell};
    struct pc_column columns[PC_TABLE_COLUMNS];
    const struct pc_column in_list[] = {
        {.title = text->experiment->x, .right = true, .keep = 2},
        {.title = text->experiment->unit, .right = true, .keep = 3},
        {.title = "interval", .keep = 1}};
    if (text->state->n_points == 0)
        return;
    grid.xs = pc_experiment_state_xs(text->state, &grid.n_xs);
    struct pc_table list = {.columns = in_list,
                            .n_columns = PC_COUNT(in_list),
                            .n_rows = text->state->n_points,
                            .cell = list_cell,
                            .ctx = &grid};
    struct pc_table table = grid_table(&grid, columns);
    struct pc_canvas *canvas = pc_canvas_create(1, 1, text->ascii);
    bool wide = table.n_columns <= PC_TABLE_COLUMNS && fits(&table, canvas, width);
    pc_canvas_free(canvas);
    add_drawn(lines, wide ? &table : &list, text, !wide);
    free(grid.xs);
}
