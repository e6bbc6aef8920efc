/*
 * How far a learner is with an exercise or a page, as a mark.
 */
#ifndef PC_TUI_STANDING_H
#define PC_TUI_STANDING_H

#include "model/attempt.h"
#include "tui/canvas.h"

const char *pc_standing_mark(enum pc_standing standing);
enum pc_style pc_standing_style(enum pc_standing standing);

#endif
