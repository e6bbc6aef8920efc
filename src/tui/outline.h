/*
 * What a topic holds and how far one is with it, beside a page.
 */
#ifndef PC_TUI_OUTLINE_H
#define PC_TUI_OUTLINE_H

#include "model/attempt.h"
#include "model/course.h"
#include "tui/canvas.h"

struct pc_engine;

enum { PC_OUTLINE_SCREEN = 110, PC_OUTLINE_WIDTH = 30 }; /* shown from this width on */

/* Progress as it was when it was asked for: a frame must not wait for the store. */
struct pc_outline {
    const struct pc_topic *topic;
    bool *read;                 /* of its pages */
    enum pc_standing *standing; /* of its exercises */
};

void pc_outline_init(struct pc_outline *outline, const struct pc_topic *topic);
void pc_outline_refresh(struct pc_outline *outline, struct pc_engine *engine);
void pc_outline_fini(struct pc_outline *outline);

/* The first exercise that is not passed, or NULL. */
const struct pc_exercise *pc_outline_open_exercise(const struct pc_outline *outline);

/* Pages and exercises with their marks; `at` is the page that is shown, which is scrolled by
 * so many rows.  The outline stands beside the beginning of the page and moves with it: so a
 * terminal can move whole rows, and a scrolled line costs little also where there is one. */
void pc_outline_draw(const struct pc_outline *outline, size_t at, size_t scrolled,
                     struct pc_canvas *canvas, struct pc_area area);

#endif
