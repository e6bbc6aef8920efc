/*
 * A list with a cursor.  The rows are drawn by whoever knows what is in them.
 */
#ifndef PC_TUI_LIST_H
#define PC_TUI_LIST_H

#include <stddef.h>

#include "tui/canvas.h"
#include "tui/view.h"

struct pc_list {
    size_t n;      /* rows; set by the owner, then pc_list_settle() */
    size_t cursor; /* below n, or 0 */
    size_t top;    /* first row that is visible */
};

/* Draw row `i` in an area of one line. */
typedef void pc_list_row(const void *ctx, size_t i, struct pc_canvas *canvas,
                         struct pc_area area);

/* Bring cursor and top in order for `rows` visible lines. */
void pc_list_settle(struct pc_list *list, int rows);

/* Move the cursor; PC_IGNORED when the action is no movement. */
enum pc_reaction pc_list_act(struct pc_list *list, int rows, enum pc_action action);

/* Select the row at line `y` of the area; false when there is none. */
bool pc_list_click(struct pc_list *list, int y);

/* Rows with the cursor mark before them (2 cells), that of the cursor in reverse. */
void pc_list_draw(const struct pc_list *list, struct pc_canvas *canvas, struct pc_area area,
                  pc_list_row *row, const void *ctx);

#endif
