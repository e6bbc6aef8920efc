/*
 * Lines in a field with two logarithmic axes: how time grows with n.
 *
 * Lines are drawn with braille dots, 2 x 4 a cell; on an ASCII canvas with one sign for each
 * line.  Each line's name stands at its end, where no dots are.  Below 60x14 the names go
 * below the plot.
 */
#ifndef PC_TUI_PLOT_H
#define PC_TUI_PLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/canvas.h"

enum { PC_PLOT_SERIES = 4 };

struct pc_series {
    const char *name;
    const double *x, *y; /* points by rising x; those not above 0 are left out */
    size_t n;
};

struct pc_plot {
    const struct pc_series *series;
    size_t n; /* at most PC_PLOT_SERIES */
    const char *x_name;
    bool y_is_time; /* nanoseconds, written "10 us"; else plain numbers */
    bool linear;    /* both axes linear instead */
};

/* Fills the area. */
void pc_plot_draw(const struct pc_plot *plot, struct pc_canvas *canvas,
                  struct pc_area area);

#endif
