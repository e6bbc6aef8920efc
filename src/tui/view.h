/*
 * A view: state in, cells out, reactions instead of actions.
 *
 * A view is a struct whose first member is a struct pc_view.  It is on the stack of an app;
 * the one on top gets the keys, all get the events of the engine, and all from the topmost
 * opaque one upwards are drawn.  What it cannot do itself (open another view, close, quit)
 * it asks for by its reaction; what concerns the terminal it asks of the app (app.h).
 */
#ifndef PC_TUI_VIEW_H
#define PC_TUI_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/canvas.h"
#include "tui/keymap.h"

struct pc_event;

enum pc_reaction {
    PC_IGNORED, /* not for this view: the app tries what it does everywhere */
    PC_HANDLED, /* nothing to see */
    PC_REDRAW,
    PC_CLOSE,   /* take this view off the stack and free it */
    PC_OPEN,    /* put `view->opens` on top */
    PC_REPLACE, /* close this view and open `view->opens` */
    PC_PASS,    /* close this view and do `view->passes` in the one below: a palette */
    PC_QUIT,
};

struct pc_view {
    const struct pc_view_ops *ops;
    struct pc_area area;   /* where it is drawn; kept by the stack, for handlers too */
    struct pc_view *opens; /* goes with PC_OPEN and PC_REPLACE; the stack takes it */
    enum pc_action passes; /* goes with PC_PASS */
};

/* Only name, screen, draw and free are needed. */
struct pc_view_ops {
    const char *name;
    enum pc_screen screen;
    bool is_overlay; /* what is below stays visible */

    /* Reads, never changes.  Draws in `view->area`. */
    void (*draw)(const struct pc_view *view, struct pc_canvas *canvas);

    /* A key before the keymap is asked, for views that take text: PC_IGNORED passes it on. */
    enum pc_reaction (*key)(struct pc_view *view, int key);

    /* An action of the keymap, from a key, the palette or the footer.  `key` is the one
     * pressed (PC_ACT_TOPIC and PC_ACT_ANSWER come with digits), or 0. */
    enum pc_reaction (*act)(struct pc_view *view, enum pc_action action, int key);

    /* Pasted text; views without this ignore it. */
    enum pc_reaction (*paste)(struct pc_view *view, const char *text, size_t n);

    /* A click at a cell of the screen. */
    enum pc_reaction (*click)(struct pc_view *view, int x, int y);

    /* Something came from the engine (NULL: the check that ran was cancelled); PC_REDRAW when what is drawn has changed.  The view on
     * top may ask for more: to open another view, to close, ... */
    enum pc_reaction (*event)(struct pc_view *view, const struct pc_event *event);

    /* Whether an action makes sense now; NULL: always.  Footer, help and palette ask. */
    bool (*can)(const struct pc_view *view, enum pc_action action);

    /* Whether more is to come by itself: a check, a measurement.  For pictures, which wait. */
    bool (*is_busy)(const struct pc_view *view);

    /* The area has changed: put things in order for it. */
    void (*resize)(struct pc_view *view);

    /* It is on top again: what was above it may have changed what it shows. */
    void (*uncover)(struct pc_view *view);

    void (*free)(struct pc_view *view);
};

/* Whether the keymap has the action for this view's screen and the view can do it now. */
bool pc_view_can(const struct pc_view *view, enum pc_action action);

#endif
