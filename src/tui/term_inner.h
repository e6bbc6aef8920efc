/*
 * What the files of the terminal share.
 */
#ifndef PC_TUI_TERM_INNER_H
#define PC_TUI_TERM_INNER_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "tui/term.h"
#include "tui/term_caps.h"
#include "tui/term_paint.h"

#define SYNC_ON "\033[?2026h"
#define SYNC_OFF "\033[?2026l"

struct pc_term {
    int in, out;
    struct termios modes; /* as they were */
    struct pc_caps caps;
    const char *note;
    bool ascii, mouse, syncs;
    bool ours;      /* not lent, not closed */
    bool forgotten; /* what the terminal shows is not known */
    enum pc_theme theme;
    struct pc_style_look looks[PC_STYLES];
    struct pc_picture shown, next;
};

/* Write all of it, waiting as long as the line is slow. */
void pc_term_send(const struct pc_term *term, const char *text);

/* Take the looks of the theme. */
void pc_term_set_looks(struct pc_term *term);

/* Whether LC_CTYPE is one of UTF-8. */
bool pc_term_is_utf8(void);

#endif
