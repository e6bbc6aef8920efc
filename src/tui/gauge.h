/*
 * A bar that fills.
 */
#ifndef PC_TUI_GAUGE_H
#define PC_TUI_GAUGE_H

#include "tui/canvas.h"

/* `width` cells at (x, y), the first `share` (0 to 1) of them full; gives the column behind. */
int pc_gauge_draw(struct pc_canvas *canvas, struct pc_area area, int x, int y, int width,
                  double share, enum pc_style style);

#endif
