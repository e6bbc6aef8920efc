/*
 * Line mode: the course by typed words, for screen readers, dumb terminals and logs.
 *
 * The dialogue keeps the place and turns words into commands of the shell, which run as
 * programs of their own: whatever happens to one, the dialogue goes on.
 */
#ifndef PC_CLI_DIALOGUE_H
#define PC_CLI_DIALOGUE_H

#include <stdbool.h>

#include "base/words.h"
#include "cli/shell.h"
#include "cli/stop.h"

struct pc_dialogue {
    struct pc_shell *shell;
    struct pc_stop place;
    bool over;          /* the learner quits */
    struct pc_err *err; /* filled in when the output is lost, which ends it, too */
};

/* Print a line; false when the output is lost. */
bool pc_dialogue_say(struct pc_dialogue *dialogue, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Print the name of the place, and what there is. */
bool pc_dialogue_list(struct pc_dialogue *dialogue);

/* Print the name of the place alone. */
bool pc_dialogue_say_place(struct pc_dialogue *dialogue);

/* Show what there is at a place that was just reached. */
bool pc_dialogue_arrive(struct pc_dialogue *dialogue);

/* Show the page that the place is, with the words of `line` from `from` on as options. */
bool pc_dialogue_read(struct pc_dialogue *dialogue, const struct pc_words *line,
                      size_t from);

/* Run `perfcourse WORDS`; false when nothing more can be printed. */
bool pc_dialogue_run(struct pc_dialogue *dialogue, const struct pc_words *words);

/* Do what a line says; false when the output is lost. */
bool pc_dialogue_obey(struct pc_dialogue *dialogue, const char *line);

#endif
