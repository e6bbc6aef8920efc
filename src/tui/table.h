/*
 * A table whose columns find their own widths.
 */
#ifndef PC_TUI_TABLE_H
#define PC_TUI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/canvas.h"

enum { PC_TABLE_COLUMNS = 12, PC_TABLE_GAP = 2 };

struct pc_column {
    const char *title;
    bool right;   /* numbers */
    bool elastic; /* may be cut when there is too little room */
    int keep; /* columns with small numbers are dropped first; equal ones from the right */
};

struct pc_table_cell {
    const char *text; /* NULL: empty */
    enum pc_style style;
};

struct pc_table {
    const struct pc_column *columns;
    size_t n_columns; /* at most PC_TABLE_COLUMNS */
    size_t n_rows;
    /* The cell; its text must live until the next call. */
    struct pc_table_cell (*cell)(const void *ctx, size_t row, size_t column);
    const void *ctx;
};

/* Where the columns are; w is 0 for one that is dropped. */
struct pc_table_layout {
    struct {
        int x, w;
    } columns[PC_TABLE_COLUMNS];
};

void pc_table_layout(const struct pc_table *table, const struct pc_canvas *canvas,
                     int width, struct pc_table_layout *layout);

/* The titles at row `y` of the area, or one row of the table. */
void pc_table_titles(const struct pc_table *table, const struct pc_table_layout *layout,
                     struct pc_canvas *canvas, struct pc_area area, int y);
void pc_table_row(const struct pc_table *table, const struct pc_table_layout *layout,
                  struct pc_canvas *canvas, struct pc_area area, int y, size_t row);

/* Titles, a rule and the rows that fit; gives the lines that were used. */
int pc_table_draw(const struct pc_table *table, struct pc_canvas *canvas,
                  struct pc_area area);

#endif
