/*
 * The terminal; only term*.c use terminfo, the library of curses.
 *
 * It is opened through descriptors of its own on /dev/tty: standard input and output stay
 * as they are, and only ours for reading does not block.  An unknown TERM is taken for
 * xterm-256color.  However the program ends, by a signal too, the terminal is as it was.
 *
 * One terminal can be open at a time.
 */
#ifndef PC_TUI_TERM_H
#define PC_TUI_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "tui/canvas.h"
#include "tui/theme.h"

struct pc_term;

struct pc_term_spec {
    bool ascii;          /* even when the locale could show more */
    enum pc_theme theme; /* NO_COLOR makes it PC_THEME_MONO */
    bool mouse;
};

/* Set LC_CTYPE as the environment says; C.UTF-8 when that names a UTF-8 locale that is not
 * installed.  True when characters beyond ASCII can be shown.  Before anything is measured. */
bool pc_term_locale(void);

/* Whether the program can be a full-screen one: a terminal that is not dumb. */
bool pc_term_is_possible(void);

/* Whether the terminal that TERM names has colours, for lines that are only printed.  Not
 * while a terminal is open. */
bool pc_term_has_colors(void);

/* Take the terminal over.  NULL with a reason when there is none. */
struct pc_term *pc_term_open(const struct pc_term_spec *spec, struct pc_err *err);

/* Give it back.  NULL is fine. */
void pc_term_close(struct pc_term *term);

/* What the learner should be told once, or NULL; for example that TERM is unknown. */
const char *pc_term_note(const struct pc_term *term);

/* Whether a canvas for it must be ASCII. */
bool pc_term_is_ascii(const struct pc_term *term);

/* Ask for its size in cells. */
void pc_term_size(struct pc_term *term, int *width, int *height);

/* Show a canvas; only what changed since the last one is sent. */
void pc_term_show(struct pc_term *term, const struct pc_canvas *canvas);

/* The next pc_term_show() paints everything (Ctrl-L). */
void pc_term_forget(struct pc_term *term);

/* Change the colours; stays mono when it was opened so. */
void pc_term_set_theme(struct pc_term *term, enum pc_theme theme);

/* The descriptor to watch and to read from, which does not block; and the one for programs
 * that the terminal is lent to. */
int pc_term_fd(const struct pc_term *term);
int pc_term_out(const struct pc_term *term);

/* Lend the terminal to another program, as it was before it was opened, and take it
 * back.  Nothing may be shown in between. */
void pc_term_suspend(struct pc_term *term);
void pc_term_resume(struct pc_term *term);

/* Without a terminal that is open: turn off at `fd` what another program may have left on, and
 * leave the full screen for one that was killed.  Nothing happens when `fd` is no terminal. */
void pc_term_tidy(int fd, bool killed);

/* Stop the process group as Ctrl-Z does; returns after fg. */
void pc_term_stop(struct pc_term *term);

/* Put text into the clipboard by OSC 52.  False when it is too long (PC_COPY_MAX bytes). */
enum { PC_COPY_MAX = 74000 };
bool pc_term_copy(struct pc_term *term, const char *text, size_t n);

void pc_term_set_mouse(struct pc_term *term, bool on);
bool pc_term_has_mouse(const struct pc_term *term);

#endif
