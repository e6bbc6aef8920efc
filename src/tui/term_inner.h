/*
 * What the files that use curses share.
 */
#ifndef PC_TUI_TERM_INNER_H
#define PC_TUI_TERM_INNER_H

#include <curses.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "tui/term.h"

#define SYNC_ON "\033[?2026h"
#define SYNC_OFF "\033[?2026l"

struct pc_term {
    SCREEN *screen;
    int in, out;
    FILE *stream; /* of `out`, for curses */
    const char *note;
    bool ascii, mouse, syncs, forgotten, colours;
    enum pc_theme theme;
    attr_t attributes[PC_STYLES];
    short pairs[PC_STYLES];
    int width, height;
    struct pc_cell *shown; /* the last canvas */
};

/* Write past curses, whose own output must be flushed: it is after each frame. */
void pc_term_send(const struct pc_term *term, const char *text);

/* Take the attributes and pairs of the theme. */
void pc_term_set_looks(struct pc_term *term);

/* Whether LC_CTYPE is one of UTF-8. */
bool pc_term_is_utf8(void);

#endif
