/*
 * Styled text that is longer than the screen.
 */
#ifndef PC_TUI_PAGER_H
#define PC_TUI_PAGER_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/canvas.h"
#include "tui/view.h"

/* Bytes up to `end`, from where the span before it ended, in one style. */
struct pc_pager_span {
    size_t end;
    enum pc_style style;
};

struct pc_pager_line {
    const char *text; /* `n` bytes of UTF-8, no newline */
    size_t n;
    const struct pc_pager_span *spans; /* what they leave out is PC_STYLE_TEXT */
    size_t n_spans;
    bool slides; /* code: moves with PC_ACT_SIDE_RIGHT, and shows where it is cut */
};

struct pc_pager {
    const struct pc_pager_line *lines; /* the owner's */
    size_t n;
    size_t top;  /* first visible line */
    size_t side; /* columns that sliding lines are moved by */
};

/* Show other lines; the position is kept as far as it fits. */
void pc_pager_set(struct pc_pager *pager, const struct pc_pager_line *lines, size_t n,
                  int rows);
void pc_pager_fini(struct pc_pager *pager);

/* Scroll so that `line` is on top, as far as there is text below it. */
void pc_pager_show(struct pc_pager *pager, int rows, size_t line);

enum pc_reaction pc_pager_act(struct pc_pager *pager, int rows, enum pc_action action);

/* How much has been seen, 0 to 100, in steps: a number that changes with every line would be
 * a fifth of what a scrolled line sends, and nobody reads it so finely. */
enum { PC_PAGER_STEP = 5 };
int pc_pager_percent(const struct pc_pager *pager, int rows);
bool pc_pager_is_at_end(const struct pc_pager *pager, int rows);

void pc_pager_draw(const struct pc_pager *pager, struct pc_canvas *canvas,
                   struct pc_area area);

#endif
