/*
 * What the keys of a screen do: exactly those that work there now, from the keymap.
 */
#ifndef PC_TUI_HELP_H
#define PC_TUI_HELP_H

#include "tui/view.h"

/* A view for the stack; `of` is not needed afterwards. */
struct pc_view *pc_help_create(const struct pc_view *of);

#endif
