/*
 * Lines in a field whose axes are logarithmic, mostly: how time grows with n.
 *
 * Lines are drawn with braille dots, 2 x 4 a cell; on an ASCII canvas with one sign for each
 * line.  Each line's name stands at its end, where no dots are.  Below 60x14 the names go
 * below the plot.  Colours repeat after four lines, signs after eight.
 */
#ifndef PC_TUI_PLOT_H
#define PC_TUI_PLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/canvas.h"

struct pc_series {
    const char *name;
    const double *x, *y;      /* points by rising x; what has no place is left out: on a
                                * logarithmic axis all that is not above 0 */
    const double *low, *high; /* intervals of y, upright bars; NULL: none */
    size_t n;
};

struct pc_plot {
    const struct pc_series *series;
    size_t n;
    const char *x_name;
    bool y_is_time; /* nanoseconds, written "10 us"; else plain numbers */
    bool x_linear, y_linear;
};

/* Whether there is room for the lines of `n` series and their names. */
bool pc_plot_fits(struct pc_area area, size_t n);

/* Fills the area. */
void pc_plot_draw(const struct pc_plot *plot, struct pc_canvas *canvas,
                  struct pc_area area);

#endif
