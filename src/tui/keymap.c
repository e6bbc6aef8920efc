#include "tui/keymap.h"

#include "base/mem.h"
#include "tui/key.h"

/* Screens that take keys as actions; the others take text. */
enum {
    TEXT = PC_SCREEN_PALETTE | PC_SCREEN_PROMPT | PC_SCREEN_QUESTION,
    ALL = PC_SCREENS_END - 1,
    KEYS = ALL & ~TEXT,
    WORK = PC_SCREEN_LESSON | PC_SCREEN_EXERCISE | PC_SCREEN_VERDICT | PC_SCREEN_DIFF |
           PC_SCREEN_COMPARE | PC_SCREEN_HISTORY,
    HOME = PC_SCREEN_HOME,
    LESSON = PC_SCREEN_LESSON,
    EXERCISE = PC_SCREEN_EXERCISE,
    VERDICT = PC_SCREEN_VERDICT,
    EXPERIMENT = PC_SCREEN_EXPERIMENT,
    PROFILE = PC_SCREEN_PROFILE,
    CARDS = PC_SCREEN_CARD | PC_SCREEN_REVISION,
    SEVERAL = PC_SCREEN_LESSON | PC_SCREEN_EXPERIMENT | PC_SCREEN_REVISION,
};

#define ROW(id, where, part, is_shown, in_footer, says, command, ...) \
    { \
        .action = PC_ACT_##id, .screens = (where), .group = PC_HELP_##part, \
        .shown = (is_shown), .footer = (in_footer), .label = (says), .word = (command), \
        .keys = { \
            __VA_ARGS__ \
        } \
    }

static const struct pc_binding table[] = {
    ROW(OPEN, KEYS & ~(EXPERIMENT | VERDICT | CARDS | PROFILE), WORK, "Enter", "open",
        "open, next step", "open", PC_KEY_ENTER),
    ROW(OPEN, EXPERIMENT | VERDICT | CARDS, WORK, "Enter", "next", "next step", "open",
        PC_KEY_ENTER),
    ROW(OPEN, PROFILE, WORK, "Enter", "zoom", "zoom, follow, skip the question", "open",
        PC_KEY_ENTER),
    ROW(ANSWER, PROFILE, WORK, "1-6", "choose", "predict; choose a tab", NULL, '1', '2',
        '3', '4', '5', '6'),
    ROW(ANSWER, EXPERIMENT | CARDS, WORK, "1-6", "answer", "answer, predict, rate", NULL,
        '1', '2', '3', '4', '5', '6'),
    ROW(SHOW_ANSWER, CARDS, WORK, "Space", "answer", "show the answer", NULL, ' '),
    ROW(RUN_AGAIN, EXPERIMENT | PROFILE, WORK, "r", "run again", "run again", "run", 'r'),
    ROW(EXERCISE, LESSON, WORK, "e", "exercise", "next exercise", "exercise", 'e'),
    ROW(CHECK, WORK | HOME, WORK, "c", "check", "check: full verdict", "check", 'c'),
    ROW(EDIT, ((WORK | HOME) & ~LESSON) | PROFILE, WORK, "e", "edit",
        "edit in $VISUAL or $EDITOR", "edit", 'e'),
    ROW(QUICK, WORK, WORK, "r", "quick run", "quick run, no verdict", "quick", 'r'),
    ROW(EXPERIMENT, LESSON | EXERCISE | CARDS, WORK, "x", "experiment",
        "live experiment, proof", "experiment", 'x'),
    ROW(PROFILE, EXERCISE | VERDICT, WORK, "p", "profile", "profile", "profile", 'p'),
    ROW(PAUSE, PC_SCREEN_REVISION, WORK, "p", "pause", "pause", "pause", 'p'),
    ROW(HINT, EXERCISE | VERDICT, WORK, "H", "hint", "next hint", "hint", 'H'),
    ROW(DIFF, EXERCISE | VERDICT, WORK, "d", "diff", "difference to the start", "diff",
        'd'),
    ROW(COMPARE, EXERCISE | VERDICT, WORK, "s", "compare",
        "compare with the reference, after a pass", "solution", 's'),
    ROW(RESET, EXERCISE, WORK, "R", NULL, "put the start back, asks first", "reset", 'R'),
    ROW(DIFF, PC_SCREEN_HISTORY, WORK, "d", "diff", "difference to your file now", "diff",
        'd'),
    ROW(RESET, PC_SCREEN_HISTORY, WORK, "R", "put back",
        "put this version back, asks first", "reset", 'R'),
    ROW(HISTORY, EXERCISE | VERDICT, WORK, "i", NULL, "history of checks", "history", 'i'),
    ROW(UNZOOM, EXPERIMENT, WORK, "u", "unzoom", "unzoom", NULL, 'u'),
    ROW(UNZOOM, PROFILE, WORK, "u Backspace", "unzoom", "unzoom", NULL, 'u',
        PC_KEY_BACKSPACE),
    ROW(TABLE, EXPERIMENT | PROFILE, WORK, "t", "table", "table or picture", NULL, 't'),
    ROW(TABLE, PC_SCREEN_CHECK, WORK, "t", "output", "show or hide the output", NULL, 't'),
    ROW(SMALLER, EXPERIMENT, WORK, "-", "range", "smaller range", NULL, '-'),
    ROW(LARGER, EXPERIMENT, WORK, "+", NULL, "larger range", NULL, '+', '='),
    ROW(AXES, EXPERIMENT, WORK, "a", "axes", "logarithmic or linear axes", NULL, 'a'),
    ROW(AXES, PROFILE, WORK, "a", "kind", "next of CPU, clock, allocations, locks", "kind",
        'a'),
    ROW(CPU, PROFILE, WORK, "C", NULL, "where it uses the processor", "cpu", 'C'),
    ROW(CLOCK, PROFILE, WORK, "W", NULL, "where it is by the clock", "clock", 'W'),
    ROW(ALLOCS, PROFILE, WORK, "A", NULL, "where it allocates", "allocations", 'A'),
    ROW(LOCKS, PROFILE, WORK, "L", NULL, "where its threads wait for locks", "locks", 'L'),
    ROW(BY, PROFILE, WORK, "B", "by", "rank by another column", "by", 'B'),
    ROW(FLIP, PROFILE, WORK, "f", NULL, "flame graph upside down", "flip", 'f'),
    ROW(YES, PC_SCREEN_QUESTION, WORK, "y", "yes", "yes", NULL, 'y'),
    ROW(NO, PC_SCREEN_QUESTION, WORK, "n", "no", "no", NULL, 'n', PC_KEY_ESC, 'q'),

    ROW(DOWN, KEYS | PC_SCREEN_PALETTE, MOVE, "j ↓", NULL, "line down", NULL, PC_KEY_DOWN),
    ROW(DOWN, KEYS, MOVE, NULL, NULL, NULL, NULL, 'j'),
    ROW(UP, KEYS | PC_SCREEN_PALETTE, MOVE, "k ↑", NULL, "line up", NULL, PC_KEY_UP),
    ROW(UP, KEYS, MOVE, NULL, NULL, NULL, NULL, 'k'),
    ROW(PAGE_DOWN, KEYS | PC_SCREEN_PALETTE, MOVE, "Space PgDn", NULL, "page down", NULL,
        PC_KEY_PAGE_DOWN),
    ROW(PAGE_DOWN, KEYS & ~CARDS, MOVE, NULL, NULL, NULL, NULL, ' '),
    ROW(PAGE_UP, KEYS | PC_SCREEN_PALETTE, MOVE, "b PgUp", NULL, "page up", NULL,
        PC_KEY_PAGE_UP),
    ROW(PAGE_UP, KEYS, MOVE, NULL, NULL, NULL, NULL, 'b'),
    ROW(HALF_DOWN, KEYS, MOVE, "Ctrl-D", NULL, "half a page down", NULL, PC_CTRL('d')),
    ROW(HALF_UP, KEYS, MOVE, "Ctrl-U", NULL, "half a page up", NULL, PC_CTRL('u')),
    ROW(FIRST, KEYS, MOVE, "g Home", NULL, "start", NULL, 'g', PC_KEY_HOME),
    ROW(LAST, KEYS, MOVE, "G End", NULL, "end", NULL, 'G', PC_KEY_END),
    ROW(PREVIOUS, SEVERAL, MOVE, "← h", NULL, "previous page, stop", "previous", 'h',
        PC_KEY_LEFT),
    ROW(NEXT, SEVERAL, MOVE, "→ l", "page", "next page, stop", "next", 'l', PC_KEY_RIGHT),
    ROW(PREVIOUS, EXERCISE, MOVE, "← h", NULL, "previous exercise", "previous", 'h',
        PC_KEY_LEFT),
    ROW(NEXT, EXERCISE, MOVE, "→ l", "next", "next exercise", "next", 'l', PC_KEY_RIGHT),
    ROW(PREVIOUS, PROFILE, MOVE, "← h", NULL, "box to the left", "previous", 'h',
        PC_KEY_LEFT),
    ROW(NEXT, PROFILE, MOVE, "→ l", NULL, "box to the right", "next", 'l', PC_KEY_RIGHT),
    ROW(SIDE_LEFT, KEYS, MOVE, "Shift-← <", NULL, "code to the left", NULL,
        PC_KEY_SHIFT_LEFT, '<'),
    ROW(SIDE_RIGHT, KEYS, MOVE, "Shift-→ >", NULL, "code to the right", NULL,
        PC_KEY_SHIFT_RIGHT, '>'),
    ROW(NEXT_PANE, PROFILE, MOVE, "Tab", "next tab", "next tab", NULL, PC_KEY_TAB),
    ROW(PREVIOUS_PANE, PROFILE, MOVE, "Shift-Tab", NULL, "previous tab", NULL,
        PC_KEY_BACK_TAB),
    ROW(NEXT_PANE, KEYS & ~PROFILE, MOVE, "Tab", NULL, "next pane, link", NULL, PC_KEY_TAB),
    ROW(PREVIOUS_PANE, KEYS & ~PROFILE, MOVE, "Shift-Tab", NULL, "previous pane, link",
        NULL, PC_KEY_BACK_TAB),
    ROW(TOPIC, HOME, MOVE, "07", NULL, "go to topic 07", NULL, '0', '1', '2', '3', '4',
        '5'),
    ROW(TOPIC, HOME, MOVE, NULL, NULL, NULL, NULL, '6', '7', '8', '9'),

    ROW(REVIEW, KEYS, EVERYWHERE, "v", "review", "reviews that are due", "review", 'v'),
    ROW(REVISE, KEYS, EVERYWHERE, "V", NULL, "10-minute revision", "revise", 'V'),
    ROW(SEARCH, KEYS, EVERYWHERE, "/", "find", "search", "find", '/'),
    ROW(FIND_NEXT, KEYS, EVERYWHERE, "n", NULL, "next match", NULL, 'n'),
    ROW(FIND_PREVIOUS, KEYS, EVERYWHERE, "N", NULL, "previous match", NULL, 'N'),
    ROW(COMMANDS, KEYS, EVERYWHERE, ": Ctrl-P", NULL, "commands", NULL, ':', PC_CTRL('p')),
    ROW(COPY, KEYS, EVERYWHERE, "y", NULL, "copy (OSC 52)", "copy", 'y'),
    ROW(LINKS, KEYS, EVERYWHERE, "o", "links", "links of this page, source", "links", 'o'),
    ROW(MOUSE, KEYS, EVERYWHERE, "m", NULL, "mouse on, off", "mouse", 'm'),
    ROW(REDRAW, ALL, EVERYWHERE, "Ctrl-L", NULL, "redraw", "redraw", PC_CTRL('l')),
    ROW(SUSPEND, ALL, EVERYWHERE, "Ctrl-Z", NULL, "suspend", "suspend", PC_CTRL('z')),
    ROW(CANCEL, ALL, EVERYWHERE, "Ctrl-C", NULL, "cancel what runs, or quit", NULL,
        PC_CTRL('c')),
    ROW(COMPLETE, PC_SCREEN_PALETTE, WORK, "Tab", "complete", "complete", NULL, PC_KEY_TAB),
    ROW(OPEN, PC_SCREEN_PALETTE, WORK, "Enter", "run", "run", NULL, PC_KEY_ENTER),
    ROW(OPEN, PC_SCREEN_PROMPT, WORK, "Enter", "find", "find", NULL, PC_KEY_ENTER),
    ROW(BACK, PC_SCREEN_PALETTE | PC_SCREEN_PROMPT, EVERYWHERE, "Esc", "close", "close",
        NULL, PC_KEY_ESC),
    ROW(BACK, KEYS, EVERYWHERE, "q Esc", "back", "back; at home: quit", "back", 'q',
        PC_KEY_ESC),
    ROW(QUIT, KEYS, EVERYWHERE, "Q", NULL, "quit", "quit", 'Q'),
    ROW(HELP, KEYS, EVERYWHERE, "? F1", "help", "help for this screen", "help", '?',
        PC_KEY_F1),
    ROW(HELP, TEXT, EVERYWHERE, "F1", "help", "help for this screen", NULL, PC_KEY_F1),
};

static const char *const names[] = {
    "home",    "lesson",     "experiment", "exercise", "check",    "verdict",
    "compare", "difference", "history",    "card",     "revision", "profile",
    "links",   "help",       "palette",    "prompt",   "question"};

const struct pc_binding *pc_keymap(size_t *n)
{
    *n = PC_COUNT(table);
    return table;
}

const struct pc_binding *pc_keymap_find(enum pc_screen screen, int key)
{
    for (size_t i = 0; i < PC_COUNT(table); i++)
        if (table[i].screens & screen)
            for (size_t k = 0; k < PC_BINDING_KEYS && table[i].keys[k] != 0; k++)
                if (table[i].keys[k] == key)
                    return &table[i];
    return NULL;
}

const struct pc_binding *pc_keymap_action(enum pc_screen screen, enum pc_action action)
{
    for (size_t i = 0; i < PC_COUNT(table); i++)
        if ((table[i].screens & screen) && table[i].action == action)
            return &table[i];
    return NULL;
}

bool pc_action_distance(enum pc_action action, int rows, long *by)
{
    static const long far = 1L << 30; /* enough for any list */
    switch (action) {
    case PC_ACT_DOWN:
    case PC_ACT_UP:
        *by = action == PC_ACT_DOWN ? 1 : -1;
        return true;
    case PC_ACT_PAGE_DOWN:
    case PC_ACT_PAGE_UP:
        *by = rows > 1 ? rows - 1 : 1;
        *by = action == PC_ACT_PAGE_DOWN ? *by : -*by;
        return true;
    case PC_ACT_HALF_DOWN:
    case PC_ACT_HALF_UP:
        *by = rows > 2 ? rows / 2 : 1;
        *by = action == PC_ACT_HALF_DOWN ? *by : -*by;
        return true;
    case PC_ACT_FIRST:
    case PC_ACT_LAST:
        *by = action == PC_ACT_LAST ? far : -far;
        return true;
    default:
        return false;
    }
}

bool pc_action_moves_rows(enum pc_action action)
{
    long by;
    return pc_action_distance(action, 1, &by);
}

bool pc_action_moves(enum pc_action action)
{
    return pc_action_moves_rows(action) || action == PC_ACT_SIDE_LEFT ||
           action == PC_ACT_SIDE_RIGHT;
}

bool pc_action_is_everywhere(enum pc_action action)
{
    switch (action) {
    case PC_ACT_COMMANDS:
    case PC_ACT_HELP:
    case PC_ACT_BACK:
    case PC_ACT_QUIT:
    case PC_ACT_CANCEL:
    case PC_ACT_REDRAW:
    case PC_ACT_SUSPEND:
    case PC_ACT_MOUSE:
        return true;
    default:
        return false;
    }
}

const char *pc_screen_name(enum pc_screen screen)
{
    for (size_t i = 0; i < PC_COUNT(names); i++)
        if (screen == 1u << i)
            return names[i];
    return "";
}
