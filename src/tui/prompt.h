/*
 * One line of text that is typed.
 */
#ifndef PC_TUI_PROMPT_H
#define PC_TUI_PROMPT_H

#include "base/str.h"
#include "tui/canvas.h"
#include "tui/view.h"

enum { PC_PROMPT_MAX = 1000 };

struct pc_prompt {
    struct pc_str text;
    size_t cursor; /* a byte of `text` where a character begins, or its end */
};

/* Characters, Backspace, Delete, Left, Right, Home, End, Ctrl-A, -E, -U, -W, -K; the rest is
 * ignored.  PC_REDRAW when the text or the cursor has changed. */
enum pc_reaction pc_prompt_key(struct pc_prompt *prompt, int key);

/* Text as it is; newlines and control characters become blanks. */
enum pc_reaction pc_prompt_paste(struct pc_prompt *prompt, const char *text, size_t n);

void pc_prompt_set(struct pc_prompt *prompt, const char *text);
void pc_prompt_fini(struct pc_prompt *prompt);

/* `mark` (":", "/"), the text, scrolled so that the cursor is seen, and the cursor. */
void pc_prompt_draw(const struct pc_prompt *prompt, struct pc_canvas *canvas,
                    struct pc_area area, const char *mark);

#endif
