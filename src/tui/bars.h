/*
 * The first and the last row of every screen, and the line above the last one.
 */
#ifndef PC_TUI_BARS_H
#define PC_TUI_BARS_H

#include "tui/canvas.h"
#include "tui/view.h"

/* Title on the left, facts on the right ("" for none), a rule below when there is room. */
void pc_header_draw(struct pc_canvas *canvas, struct pc_area area, const char *title,
                    const char *facts);

/* The keys of a view's screen that work now, as many as fit; help is always the last. */
void pc_footer_draw(struct pc_canvas *canvas, const struct pc_view *view);

/* The key that stands in the footer at column `x`, or 0. */
int pc_footer_key(const struct pc_view *view, bool ascii, int x);

/* A message in the row above the footer. */
void pc_status_draw(struct pc_canvas *canvas, struct pc_area area, const char *message);

/* What is between header and footer. */
struct pc_area pc_body(struct pc_area area);

/* Whether the screen is too small for more than the short form (below 40x10). */
bool pc_is_short(struct pc_area area);

#endif
