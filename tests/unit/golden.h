/*
 * A picture drawn at several sizes, as text, compared with a file of the source tree.
 *
 * With PC_GOLDEN=write in the environment the files are written instead.
 */
#ifndef PC_TESTS_GOLDEN_H
#define PC_TESTS_GOLDEN_H

#include "tui/canvas.h"

/* Draw at 40x10, 80x24 and 120x40, with and without Unicode, and compare all of it with
 * tests/tui/golden/NAME.txt. */
void golden_check(const char *name,
                  void (*draw)(const void *ctx, struct pc_canvas *canvas,
                               struct pc_area area),
                  const void *ctx);

#endif
