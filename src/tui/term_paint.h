/*
 * From one picture to the next: the bytes that turn what a terminal shows into what it
 * shall show.
 *
 * Few bytes matter on a slow line, and a frame that is one write matters everywhere: nobody
 * sees half of it.  Text that only moved up or down is moved by the terminal, inside a
 * scroll region; the rest is drawn where cells differ.
 */
#ifndef PC_TUI_TERM_PAINT_H
#define PC_TUI_TERM_PAINT_H

#include "base/str.h"
#include "tui/canvas.h"
#include "tui/term_caps.h"
#include "tui/theme.h"

struct pc_picture {
    struct pc_cell *cells; /* row by row */
    int width, height;
    int top, bottom; /* the rows of the terminal's scroll region; both 0: it has none */
};

/* Cells that look blank are made the same, whatever their style, so that they compare equal:
 * `looks` are those of the styles. */
void pc_picture_take(struct pc_picture *picture, const struct pc_canvas *canvas,
                     const struct pc_style_look *looks);
void pc_picture_clear(struct pc_picture *picture);

const struct pc_cell *pc_picture_row(const struct pc_picture *picture, int y);

/* A part of a picture, rows `top` to `bottom`, both inclusive, that moves up by `by` rows,
 * or down when that is negative; `by` is 0 when nothing is worth it. */
struct pc_scroll {
    int top, bottom, by;
};
struct pc_scroll pc_picture_find_scroll(const struct pc_picture *old,
                                        const struct pc_picture *next);
void pc_picture_scroll(struct pc_picture *picture, struct pc_scroll scroll);

/* Add the bytes that clear the terminal; `shown` is blank then. */
void pc_paint_nothing(struct pc_str *out, const struct pc_caps *caps,
                      struct pc_picture *shown);

/* Add the bytes to `out`.  `old` is what the terminal shows; it becomes `next`.  The pen is
 * plain before and after.  Gives how many rows were drawn; those that moved are not. */
int pc_paint(struct pc_str *out, const struct pc_caps *caps,
             const struct pc_style_look *looks, struct pc_picture *old,
             const struct pc_picture *next);

#endif
