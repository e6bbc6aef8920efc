/*
 * A sheet that is written from top to bottom, once, and then shown and scrolled.
 *
 * What is written may be taller than the screen: results, of which nobody knows how many
 * lines they need.  It is at most PC_CANVAS_MAX rows long; what comes after is lost.
 */
#ifndef PC_TUI_SHEET_H
#define PC_TUI_SHEET_H

#include <stdbool.h>

#include "tui/canvas.h"
#include "tui/view.h"

/* Begins zeroed. */
struct pc_sheet {
    struct pc_canvas *canvas;
    int rows; /* written so far */
    int top;  /* the first row that is shown; kept when it is written anew */
};

/* Begin to write, `width` columns wide; what was written before is gone. */
void pc_sheet_begin(struct pc_sheet *sheet, int width, bool ascii);
void pc_sheet_fini(struct pc_sheet *sheet);

/* The next `rows` rows, to draw in on `sheet->canvas`; fewer at the end of the sheet. */
struct pc_area pc_sheet_rows(struct pc_sheet *sheet, int rows);

/* An empty row, unless the last one is empty or the first. */
void pc_sheet_gap(struct pc_sheet *sheet);

/* One row of text, formatted. */
void pc_sheet_line(struct pc_sheet *sheet, int indent, enum pc_style style, const char *fmt,
                   ...) __attribute__((format(printf, 4, 5)));

/* A sentence, broken at words, below `indent`; at most as wide as prose should be. */
void pc_sheet_prose(struct pc_sheet *sheet, int indent, enum pc_style style,
                    const char *text);

/* Lines as they are, from outside: harmless to the terminal, and cut at the edge. */
void pc_sheet_block(struct pc_sheet *sheet, int indent, enum pc_style style,
                    const char *text);

/* Markdown. */
void pc_sheet_markdown(struct pc_sheet *sheet, const char *markdown);

/* What is shown in `area`, which is as wide as the sheet. */
void pc_sheet_show(const struct pc_sheet *sheet, struct pc_canvas *canvas,
                   struct pc_area area);

/* Scroll with `visible` rows on the screen; PC_IGNORED when the action does not move. */
enum pc_reaction pc_sheet_act(struct pc_sheet *sheet, int visible, enum pc_action action);

#endif
