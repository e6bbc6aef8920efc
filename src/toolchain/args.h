/*
 * A growing list of words: command lines, flags, environments.
 *
 * A zeroed struct is an empty list.  `items` ends with NULL as soon as a word was added;
 * the struct owns the words.
 */
#ifndef PC_TOOLCHAIN_ARGS_H
#define PC_TOOLCHAIN_ARGS_H

#include <stddef.h>

#include "base/hash.h"

struct pc_args {
    char **items;
    size_t n, cap;
};

void pc_args_add(struct pc_args *args, const char *word);
void pc_args_addf(struct pc_args *args, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void pc_args_add_list(struct pc_args *args, const struct pc_args *more);

/* Add the words of `text`, which blanks and newlines separate. */
void pc_args_add_split(struct pc_args *args, const char *text);

void pc_args_hash(const struct pc_args *args, struct pc_hash *hash);
void pc_args_fini(struct pc_args *args);

/* For pc_child_spec: the list as const, NULL at its end. */
const char *const *pc_args_argv(const struct pc_args *args);

/* The environment of a compiler: ours, without what would add include folders or change
 * messages; temporary files go to `tmp`. */
void pc_args_environment(struct pc_args *args, const char *tmp);

#endif
