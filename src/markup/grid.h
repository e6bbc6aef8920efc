/*
 * The cells of a table, and how they are laid out in columns or, where there is no room for
 * that, row by row.
 */
#ifndef PC_MARKUP_GRID_H
#define PC_MARKUP_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "markup/draft.h"
#include "markup/flow.h"

enum { PC_GRID_COLUMNS = 16, PC_GRID_NAMES_MAX = 512 };

enum pc_align { PC_LEFT, PC_CENTRE, PC_RIGHT };

/* Row 0 holds the names of the columns.  A row ends where the next one begins. */
struct pc_grid {
    bool ascii;
    struct pc_flow *items; /* the cells, row by row */
    size_t n, cap;
    struct {
        size_t *items; /* the first cell of each row */
        size_t n, cap;
    } rows;
    enum pc_align aligns[PC_GRID_COLUMNS];
    size_t columns; /* known from pc_grid_head() on */
};

/* Begin a row, which has one empty cell. */
void pc_grid_row(struct pc_grid *grid);

/* The last cell, or a new one.  Cells beyond the last column go on in it behind a bar. */
struct pc_flow *pc_grid_cell(struct pc_grid *grid, bool new_one);

/* Take the only row there is as names of `n` columns; false when it has not as many, or
 * when they are so long that reading them with each row would be no help. */
bool pc_grid_head(struct pc_grid *grid, const enum pc_align *aligns, size_t n);

/* Append the table as one block. */
void pc_grid_add(struct pc_draft *draft, const struct pc_grid *grid);

void pc_grid_fini(struct pc_grid *grid);

#endif
