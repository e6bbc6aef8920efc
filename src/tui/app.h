/*
 * The full-screen program: terminal, loop and views joined.
 *
 * Keys go to the view on top, events of the engine to all.  A frame is drawn when something
 * has changed, after everything that waits to be read has been read; while a measurement
 * runs at most four times a second.  An app that nothing happens to does nothing.
 *
 * What is the same everywhere is done here: going back, quitting, redrawing, suspending,
 * the mouse, resizing, help, the palette.
 */
#ifndef PC_TUI_APP_H
#define PC_TUI_APP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "tui/commands.h"
#include "tui/key.h"
#include "tui/term.h"
#include "tui/view.h"

struct pc_loop;
struct pc_app;

enum { PC_APP_FRAME_MS = 250 }; /* between two frames while a measurement runs */

/* All may be NULL. */
struct pc_app_ops {
    /* Ctrl-C: cancel what runs.  False when nothing runs: then the program ends with 130. */
    bool (*cancel)(void *ctx);
    /* An action that `top` did not take and that the app does not do itself (reviews...):
     * the view to open, or NULL. */
    struct pc_view *(*open)(void *ctx, enum pc_action action, struct pc_view *top);
    /* What the palette offers besides the actions of the screen. */
    const struct pc_commands_more *more;
};

/* `term` and `loop` stay the caller's and must outlive it, as `ops` must. */
struct pc_app *pc_app_create(struct pc_loop *loop, struct pc_term *term,
                             const struct pc_app_ops *ops, void *ctx, struct pc_err *err);
void pc_app_free(struct pc_app *app);

/* An app without a terminal, which nobody sees or types into: for pictures of screens.
 * Nothing may be lent or copied. */
struct pc_app *pc_app_create_hidden(struct pc_loop *loop, int width, int height, bool ascii,
                                    const struct pc_app_ops *ops, void *ctx);

/* What is, or would be, on the screen now, as pc_canvas_dump() gives it; the caller owns
 * it. */
char *pc_app_picture(struct pc_app *app);

/* Put a view on top; the app owns it from now on. */
void pc_app_push(struct pc_app *app, struct pc_view *view);

/* The view on top; NULL when there is none. */
struct pc_view *pc_app_top(const struct pc_app *app);

/* Serve until the last view is closed or somebody quits: PC_PASSED, or PC_INTERRUPTED after
 * Ctrl-C.  `*signal` is the signal that asked the program to end, or 0: then the caller
 * closes the terminal, raises it with its default action, and exits in any case (SIGHUP when
 * the terminal is gone may be ignored). */
enum pc_code pc_app_run(struct pc_app *app, int *signal);

/* End pc_app_run(). */
void pc_app_quit(struct pc_app *app);

/* Hand an event of the engine to all views; NULL tells them that a check was cancelled. */
void pc_app_event(struct pc_app *app, const struct pc_event *event);

/* Something that views draw has changed. */
void pc_app_changed(struct pc_app *app);

/* Keep frames apart while a measurement runs. */
void pc_app_measuring(struct pc_app *app, bool measuring);

/* Show a line above the footer until the next key. */
void pc_app_say(struct pc_app *app, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Copy text into the clipboard and say so. */
void pc_app_copy(struct pc_app *app, const char *text, size_t n);

/* Lend the terminal to a program (an editor); the loop goes on, but nothing is drawn and no
 * key is read until it ends: then `done(ctx, status)`, the status as waitpid() gives it.
 * False when it cannot be started. */
bool pc_app_lend(struct pc_app *app, const char *const *argv,
                 void (*done)(void *ctx, int status), void *ctx, struct pc_err *err);

bool pc_app_is_ascii(const struct pc_app *app);

#endif
