/*
 * A question over the screen, answered by y or n.
 */
#ifndef PC_TUI_QUESTION_H
#define PC_TUI_QUESTION_H

#include "tui/view.h"

/* `text` is a sentence or two.  `yes` is called for y; the view that it gives, if any, takes
 * the place of the question.  `ctx` must outlive the question: a view below it does. */
struct pc_view *pc_question_create(const char *text, struct pc_view *(*yes)(void *ctx),
                                   void *ctx);

#endif
