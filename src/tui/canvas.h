/*
 * A grid of cells that views draw on.
 *
 * Everything is drawn inside an area, at coordinates that begin at the area's corner, and
 * is clipped by display width: a wide character that would be cut becomes a blank, a
 * combining one joins the cell before it.  Text from outside is harmless here: control
 * characters and invalid UTF-8 become '?'.
 *
 * An ASCII canvas replaces every other character by what is nearest to it, which may be
 * longer ("->"): whoever aligns asks pc_canvas_measure().  What appears on a terminal is
 * the business of term.h; the dump is for tests and for --dump-screen.
 */
#ifndef PC_TUI_CANVAS_H
#define PC_TUI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/style.h"

struct pc_canvas;

/* A part of the screen, in cells; one with w or h below 1 is empty. */
struct pc_area {
    int x, y, w, h;
};

enum { PC_CANVAS_MAX = 500, PC_CELL_MAX = 13 };

struct pc_cell {
    char text[PC_CELL_MAX]; /* one character with what combines with it; NUL-terminated */
    uint8_t width;          /* 0: the right half of the wide character before it */
    uint8_t style;          /* enum pc_style */
    bool marked;            /* shown in reverse: the cursor, a match */
};

/* A blank canvas; sizes are cut to 1...PC_CANVAS_MAX. */
struct pc_canvas *pc_canvas_create(int width, int height, bool ascii);
void pc_canvas_free(struct pc_canvas *canvas);

/* Add blank rows below, up to `height` or PC_CANVAS_MAX; areas taken before stay where they
 * are. */
void pc_canvas_grow(struct pc_canvas *canvas, int height);

void pc_canvas_clear(struct pc_canvas *canvas);

struct pc_area pc_canvas_area(const struct pc_canvas *canvas);
bool pc_canvas_is_ascii(const struct pc_canvas *canvas);

/* The cells of a row, as many as the canvas is wide. */
const struct pc_cell *pc_canvas_row(const struct pc_canvas *canvas, int y);

/* The rows as text without blanks at their ends, each ended by a newline.  The caller owns
 * it. */
char *pc_canvas_dump(const struct pc_canvas *canvas);

/* Cells that `n` bytes of text take on this canvas. */
int pc_canvas_measure(const struct pc_canvas *canvas, const char *s, size_t n);

/* The following draw and give the column behind what they drew, clipped or not, so that
 * runs can be chained: x = pc_canvas_text(c, area, x, y, style, "..."). */
int pc_canvas_put(struct pc_canvas *canvas, struct pc_area area, int x, int y,
                  enum pc_style style, const char *s, size_t n);
int pc_canvas_text(struct pc_canvas *canvas, struct pc_area area, int x, int y,
                   enum pc_style style, const char *s);
int pc_canvas_printf(struct pc_canvas *canvas, struct pc_area area, int x, int y,
                     enum pc_style style, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));

/* Text that ends at column `end`, exclusive. */
void pc_canvas_right(struct pc_canvas *canvas, struct pc_area area, int end, int y,
                     enum pc_style style, const char *s);

/* Text in at most `width` cells; when it is longer its last cell shows that it is cut. */
int pc_canvas_cut(struct pc_canvas *canvas, struct pc_area area, int x, int y, int width,
                  enum pc_style style, const char *s);

/* `count` copies of one character. */
int pc_canvas_repeat(struct pc_canvas *canvas, struct pc_area area, int x, int y, int count,
                     enum pc_style style, const char *character);

/* A rule over the whole width of the area, at row `y`; one over its height, at `x`. */
void pc_canvas_rule(struct pc_canvas *canvas, struct pc_area area, int y);
void pc_canvas_bar(struct pc_canvas *canvas, struct pc_area area, int x);

/* Clear the area and frame it; gives what is inside the frame. */
struct pc_area pc_canvas_box(struct pc_canvas *canvas, struct pc_area area);

/* Cells of another canvas: its rows from `top` on, from the left, as far as the area goes. */
void pc_canvas_copy(struct pc_canvas *canvas, struct pc_area area,
                    const struct pc_canvas *from, int top);

/* Make the area blank; show its cells in reverse; change the style of its cells. */
void pc_canvas_blank(struct pc_canvas *canvas, struct pc_area area);
void pc_canvas_mark(struct pc_canvas *canvas, struct pc_area area);
void pc_canvas_restyle(struct pc_canvas *canvas, struct pc_area area, enum pc_style style);

/* Parts of an area: rows y...y+h-1, or what is left and right of column x. */
struct pc_area pc_area_rows(struct pc_area area, int y, int h);
struct pc_area pc_area_columns(struct pc_area area, int x, int w);
struct pc_area pc_area_inset(struct pc_area area, int columns, int rows);
bool pc_area_has(struct pc_area area, int x, int y);

#endif
