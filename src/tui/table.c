#include "tui/table.h"

#include <string.h>

static int measure(const struct pc_canvas *canvas, const char *text)
{
    return text ? pc_canvas_measure(canvas, text, strlen(text)) : 0;
}

static int total(const struct pc_table_layout *layout, size_t n)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++)
        if (layout->columns[i].w > 0)
            sum += layout->columns[i].w + (sum > 0 ? PC_TABLE_GAP : 0);
    return sum;
}

/* The column to do without: the least of those that are left, but never the last one. */
static size_t least(const struct pc_table *table, const struct pc_table_layout *layout)
{
    size_t found = table->n_columns, left = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        if (layout->columns[i].w == 0)
            continue;
        left++;
        if (found == table->n_columns ||
            table->columns[i].keep <= table->columns[found].keep)
            found = i;
    }
    return left > 1 ? found : table->n_columns;
}

/* Take what is too much from the widest elastic column, as long as it stays readable. */
static void squeeze(const struct pc_table *table, struct pc_table_layout *layout, int *over)
{
    enum { READABLE = 8 };
    while (*over > 0) {
        size_t widest = table->n_columns;
        for (size_t i = 0; i < table->n_columns; i++)
            if (table->columns[i].elastic && layout->columns[i].w > READABLE &&
                (widest == table->n_columns ||
                 layout->columns[i].w > layout->columns[widest].w))
                widest = i;
        if (widest == table->n_columns)
            return;
        layout->columns[widest].w--;
        (*over)--;
    }
}

void pc_table_layout(const struct pc_table *table, const struct pc_canvas *canvas,
                     int width, struct pc_table_layout *layout)
{
    *layout = (struct pc_table_layout){0};
    for (size_t i = 0; i < table->n_columns; i++) {
        int w = measure(canvas, table->columns[i].title);
        for (size_t row = 0; row < table->n_rows; row++) {
            int cell = measure(canvas, table->cell(table->ctx, row, i).text);
            w = cell > w ? cell : w;
        }
        layout->columns[i].w = w > 0 ? w : 1;
    }
    for (;;) {
        int over = total(layout, table->n_columns) - width;
        squeeze(table, layout, &over);
        size_t drop = least(table, layout);
        if (over <= 0 || drop == table->n_columns)
            break;
        layout->columns[drop].w = 0;
    }
    int x = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        layout->columns[i].x = x;
        x += layout->columns[i].w > 0 ? layout->columns[i].w + PC_TABLE_GAP : 0;
    }
}

static void draw_cell(const struct pc_table *table, const struct pc_table_layout *layout,
                      struct pc_canvas *canvas, struct pc_area area, int y, size_t column,
                      struct pc_table_cell cell)
{
    int x = layout->columns[column].x, w = layout->columns[column].w;
    if (w == 0 || !cell.text)
        return;
    int wide = measure(canvas, cell.text);
    if (table->columns[column].right && wide < w)
        x += w - wide;
    pc_canvas_cut(canvas, area, x, y, w, cell.style, cell.text);
}

void pc_table_titles(const struct pc_table *table, const struct pc_table_layout *layout,
                     struct pc_canvas *canvas, struct pc_area area, int y)
{
    for (size_t i = 0; i < table->n_columns; i++)
        draw_cell(table, layout, canvas, area, y, i,
                  (struct pc_table_cell){.text = table->columns[i].title,
                                         .style = PC_STYLE_STRONG});
}

void pc_table_row(const struct pc_table *table, const struct pc_table_layout *layout,
                  struct pc_canvas *canvas, struct pc_area area, int y, size_t row)
{
    for (size_t i = 0; i < table->n_columns; i++)
        draw_cell(table, layout, canvas, area, y, i, table->cell(table->ctx, row, i));
}

int pc_table_draw(const struct pc_table *table, struct pc_canvas *canvas,
                  struct pc_area area)
{
    struct pc_table_layout layout;
    int y = 0;
    pc_table_layout(table, canvas, area.w, &layout);
    pc_table_titles(table, &layout, canvas, area, y++);
    pc_canvas_repeat(canvas, area, 0, y++, total(&layout, table->n_columns), PC_STYLE_FAINT,
                     "─");
    for (size_t row = 0; row < table->n_rows && y < area.h; row++)
        pc_table_row(table, &layout, canvas, area, y++, row);
    return y < area.h ? y : area.h;
}
