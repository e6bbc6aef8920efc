/*
 * A line of small bars for a short history; as numbers where there are no such characters.
 */
#ifndef PC_TUI_SPARK_H
#define PC_TUI_SPARK_H

#include <stddef.h>

#include "tui/canvas.h"

/* The last values that fit into `width` cells, scaled from the smallest to the greatest; on
 * an ASCII canvas the last numbers that fit.  Gives the column behind. */
int pc_spark_draw(struct pc_canvas *canvas, struct pc_area area, int x, int y, int width,
                  const double *values, size_t n, enum pc_style style);

#endif
