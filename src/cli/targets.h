/*
 * What the words of a command name: exercises, and C files of one's own, in any order.
 */
#ifndef PC_CLI_TARGETS_H
#define PC_CLI_TARGETS_H

#include "cli/shell.h"

struct pc_target {
    const struct pc_exercise *exercise; /* NULL: it is the file */
    const char *file;
};

struct pc_targets {
    struct pc_target *items; /* the caller frees them */
    size_t n, cap;
};

/* Find them, and the workspace when a learner's kernel is among them.  `use` is --use or
 * NULL: it is for exercises only, and a file for exactly one.  PC_USAGE otherwise. */
bool pc_targets_find(struct pc_shell *shell, const struct pc_words *words, const char *use,
                     struct pc_targets *targets, struct pc_err *err);

/* The same for a command that takes exactly one. */
bool pc_targets_find_one(struct pc_shell *shell, const char *word, const char *use,
                         struct pc_target *target, struct pc_err *err);

#endif
