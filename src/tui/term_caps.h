/*
 * What terminfo tells about a terminal, as far as it is used here.
 */
#ifndef PC_TUI_TERM_CAPS_H
#define PC_TUI_TERM_CAPS_H

#include <stdbool.h>

struct pc_str;

/* Strings are "" when the terminal has none; pauses for old hardware are left out. */
struct pc_caps {
    char *enter, *leave, *hide_cursor, *show_cursor, *clear;
    char *plain; /* leaves all attributes and colours */
    char *bold, *faint, *underlined, *reversed, *colour;
    char *move, *right, *erase; /* to a row and column; to the end of the row */
    char *region, *up, *up_n, *down, *down_n; /* scrolling; "" when that is not safe */
    int colours;
    unsigned not_with_colour; /* attributes, by the bits of ncv */
    bool fills_corner;        /* the last cell of the last row can be written */
};

enum { PC_NCV_UNDERLINED = 2, PC_NCV_REVERSED = 4, PC_NCV_FAINT = 16, PC_NCV_BOLD = 32 };

/* False when TERM `name` is not known.  `fd` is the terminal. */
bool pc_caps_load(struct pc_caps *caps, const char *name, int fd);
void pc_caps_fini(struct pc_caps *caps);

/* Add a string with two numbers in it, or one and 0. */
void pc_caps_add(struct pc_str *out, const char *capability, int first, int second);

#endif
