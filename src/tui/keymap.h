/*
 * What the keys mean: one table that feeds the footer, the help, the palette, the manual
 * page and the tests.
 *
 * A key means the same on every screen where it means anything, as far as that is possible;
 * on one screen it never means two things.  Views see actions, not keys.
 */
#ifndef PC_TUI_KEYMAP_H
#define PC_TUI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

/* Screens are bits, so that a row of the table can be for several. */
enum pc_screen {
    PC_SCREEN_HOME = 1 << 0,
    PC_SCREEN_LESSON = 1 << 1,
    PC_SCREEN_EXPERIMENT = 1 << 2,
    PC_SCREEN_EXERCISE = 1 << 3,
    PC_SCREEN_CHECK = 1 << 4,
    PC_SCREEN_VERDICT = 1 << 5,
    PC_SCREEN_COMPARE = 1 << 6,
    PC_SCREEN_DIFF = 1 << 7,
    PC_SCREEN_HISTORY = 1 << 8,
    PC_SCREEN_CARD = 1 << 9,
    PC_SCREEN_REVISION = 1 << 10,
    PC_SCREEN_PROFILE = 1 << 11,
    PC_SCREEN_LINKS = 1 << 12,
    PC_SCREEN_HELP = 1 << 13,
    PC_SCREEN_PALETTE = 1 << 14, /* these two take text: characters are not actions there */
    PC_SCREEN_PROMPT = 1 << 15,
    PC_SCREEN_QUESTION = 1 << 16, /* y or n */
    PC_SCREENS_END = 1 << 17,
};

enum pc_action {
    PC_ACT_NONE,
    PC_ACT_DOWN,
    PC_ACT_UP,
    PC_ACT_PAGE_DOWN,
    PC_ACT_PAGE_UP,
    PC_ACT_HALF_DOWN,
    PC_ACT_HALF_UP,
    PC_ACT_FIRST,
    PC_ACT_LAST,
    PC_ACT_NEXT, /* page, stop, frame to the right */
    PC_ACT_PREVIOUS,
    PC_ACT_SIDE_RIGHT, /* scroll code sideways */
    PC_ACT_SIDE_LEFT,
    PC_ACT_NEXT_PANE,
    PC_ACT_PREVIOUS_PANE,
    PC_ACT_TOPIC,  /* `key` is the digit */
    PC_ACT_ANSWER, /* `key` is '1'...'6' */
    PC_ACT_OPEN,
    PC_ACT_EXERCISE,
    PC_ACT_EDIT,
    PC_ACT_CHECK,
    PC_ACT_QUICK,
    PC_ACT_EXPERIMENT,
    PC_ACT_RUN_AGAIN,
    PC_ACT_PROFILE,
    PC_ACT_PAUSE,
    PC_ACT_HINT,
    PC_ACT_DIFF,
    PC_ACT_COMPARE,
    PC_ACT_RESET,
    PC_ACT_HISTORY,
    PC_ACT_UNZOOM,
    PC_ACT_TABLE, /* or the output */
    PC_ACT_AXES,
    PC_ACT_CPU, /* what is profiled */
    PC_ACT_CLOCK,
    PC_ACT_ALLOCS,
    PC_ACT_LOCKS,
    PC_ACT_BY, /* rank by another value */
    PC_ACT_FLIP,
    PC_ACT_LARGER,
    PC_ACT_SMALLER,
    PC_ACT_SHOW_ANSWER,
    PC_ACT_YES,
    PC_ACT_NO,
    PC_ACT_SEARCH,
    PC_ACT_FIND_NEXT,
    PC_ACT_FIND_PREVIOUS,
    PC_ACT_COMMANDS,
    PC_ACT_REVIEW,
    PC_ACT_REVISE,
    PC_ACT_COPY,
    PC_ACT_LINKS,
    PC_ACT_MOUSE,
    PC_ACT_HELP,
    PC_ACT_BACK,
    PC_ACT_QUIT,
    PC_ACT_CANCEL,
    PC_ACT_REDRAW,
    PC_ACT_SUSPEND,
    PC_ACT_COMPLETE,
    PC_ACTIONS
};

enum pc_help_group { PC_HELP_MOVE, PC_HELP_WORK, PC_HELP_EVERYWHERE, PC_HELP_GROUPS };

enum { PC_BINDING_KEYS = 6 };

struct pc_binding {
    enum pc_action action;
    unsigned screens;
    int keys[PC_BINDING_KEYS]; /* 0 ends them */
    const char *shown;         /* the keys as the help writes them; the footer: the first */
    const char *footer;        /* label in the footer, or NULL */
    const char *label;         /* label in the help and in the palette */
    const char *word;          /* command in the palette and in line mode, or NULL */
    enum pc_help_group group;
};

/* The whole table; the order is that of the footer and the help. */
const struct pc_binding *pc_keymap(size_t *n);

/* What `key` means on a screen, or NULL. */
const struct pc_binding *pc_keymap_find(enum pc_screen screen, int key);

/* The row of an action on a screen, or NULL. */
const struct pc_binding *pc_keymap_action(enum pc_screen screen, enum pc_action action);

/* Whether the action moves within what is shown: down, a page up, ... and, for the second,
 * code to the right or left. */
bool pc_action_moves_rows(enum pc_action action);
bool pc_action_moves(enum pc_action action);

/* How many rows down (or up, when negative) the action goes with `rows` on the screen; far
 * beyond every end for PC_ACT_FIRST and PC_ACT_LAST.  False when it is no such movement. */
bool pc_action_distance(enum pc_action action, int rows, long *by);

/* Whether the app does it by itself on every screen: help, commands, going back, quitting,
 * cancelling, redrawing, suspending, the mouse. */
bool pc_action_is_everywhere(enum pc_action action);

/* "exercise", as the help calls it. */
const char *pc_screen_name(enum pc_screen screen);

#endif
