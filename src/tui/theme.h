/*
 * How the roles of text look.
 *
 * The body is always in the terminal's own foreground.  The plain theme names the terminal's
 * eight colours and leaves to it what they are; the light and the dark one take colours of
 * the 256 that can be read on white or on black (contrast at least 4.5:1, WCAG 2).
 */
#ifndef PC_TUI_THEME_H
#define PC_TUI_THEME_H

#include <stdbool.h>

#include "base/style.h"

enum pc_theme { PC_THEME_PLAIN, PC_THEME_DARK, PC_THEME_LIGHT, PC_THEME_MONO };

struct pc_style_look {
    bool bold, faint, underlined, reversed;
    int colour; /* -1: the default one; below 8 or below 256 */
};

/* With less than 256 `colours` every theme is the plain one; with less than 8, mono. */
struct pc_style_look pc_theme_look(enum pc_theme theme, enum pc_style style, int colours);

/* "plain", "dark", "light", "mono"; false when `name` is none of them. */
bool pc_theme_find(const char *name, enum pc_theme *theme);

#endif
