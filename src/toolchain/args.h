/*
 * Command lines and environments of compilers, beyond what base/words does.
 */
#ifndef PC_TOOLCHAIN_ARGS_H
#define PC_TOOLCHAIN_ARGS_H

#include "base/hash.h"
#include "base/words.h"

/* Add the words of `text`, which blanks and newlines separate. */
void pc_args_add_split(struct pc_words *args, const char *text);

void pc_args_hash(const struct pc_words *args, struct pc_hash *hash);

/* The environment of a compiler: ours, without what would add include folders or change
 * messages; temporary files go to `tmp`. */
void pc_args_environment(struct pc_words *args, const char *tmp);

#endif
