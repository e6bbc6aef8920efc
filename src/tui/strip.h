/*
 * Speed-ups with their intervals on a logarithmic axis (base 2), a row each, and the target
 * as a line through them.
 */
#ifndef PC_TUI_STRIP_H
#define PC_TUI_STRIP_H

#include <stddef.h>

#include "tui/canvas.h"

struct pc_strip_row {
    const char *label;        /* at most 9 cells */
    double low, middle, high; /* of the interval; equal ones are a point, 0: no value */
    enum pc_style style;
};

struct pc_strip {
    const struct pc_strip_row *rows;
    size_t n;
    double target; /* 0: none */
};

/* Draws 1 + n lines at the top of the area; gives how many.  Values beyond the axis are
 * shown at its ends. */
int pc_strip_draw(const struct pc_strip *strip, struct pc_canvas *canvas,
                  struct pc_area area);

#endif
