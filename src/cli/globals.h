/*
 * Options that every command understands, wherever they stand before "--".
 *
 * All but --workspace are another spelling of a variable of the environment.  That is where
 * they go, so that programs which are started from here (line mode starts each command so)
 * follow them without being told, and each question below has one answer in one place.
 *
 *     --plain        PERFCOURSE_PLAIN    line mode: nothing drawn, no status line
 *     --ascii        PERFCOURSE_ASCII    only ASCII, as in a locale without UTF-8
 *     --no-color     NO_COLOR            (https://no-color.org)
 *     --theme THEME  PERFCOURSE_THEME    colours of the full screen
 *     --pack FOLDER  PERFCOURSE_PACK     lessons of others instead of the course's
 *
 * A variable that is empty counts as unset.
 */
#ifndef PC_CLI_GLOBALS_H
#define PC_CLI_GLOBALS_H

#include <stdbool.h>

#include "base/err.h"
#include "tui/theme.h"

struct pc_global {
    const char *name;     /* "--theme" */
    const char *value;    /* what stands for its value: "THEME"; NULL when it takes none */
    const char *needs;    /* what the value is, in words */
    const char *variable; /* NULL for the workspace, which is no variable's other name */
    bool (*takes)(const char *value); /* NULL: any value */
    const char *summary;
};

/* All of them, ended by a row without a name. */
extern const struct pc_global pc_globals[];

/* Take the options out of the words.  `*workspace` becomes the folder of --workspace, which
 * is one of the words, when it was given.  PC_USAGE when a value is missing or wrong. */
bool pc_globals_take(int *argc, char **argv, const char **workspace, struct pc_err *err);

/* Whether the variables without an option make sense; PC_USAGE when one does not. */
bool pc_globals_check(struct pc_err *err);

/* Set LC_CTYPE, by which everything that prints decides what it may show.  After
 * pc_globals_take(). */
void pc_globals_set_locale(void);

/* Whether the learner reads line by line: a screen reader, a log. */
bool pc_is_plain(void);

/* Whether only ASCII can be shown. */
bool pc_is_ascii(void);

/* The theme that was asked for, the plain one when none was. */
enum pc_theme pc_theme_wanted(void);

/* The folder of the pack to read instead of the course, or NULL. */
const char *pc_pack_wanted(void);

/* What `perfcourse` without a command is: the name of a command. */
const char *pc_front_end(void);

/* Whether somebody can answer a question that a command asks: at a terminal, or, in line
 * mode, by lines that were prepared. */
bool pc_can_ask(void);

#endif
