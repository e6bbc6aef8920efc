/*
 * Where a C file sends the block that a line allocates, as far as its words tell.
 *
 * No compiler says why a call stays, so the source is read: a block that is returned,
 * stored or handed to a function of another file outlives what the compiler can follow.
 * Only plain cases are told, in which one variable gets the block and nothing else; the
 * answer names the line, so that it can be looked at.  All others are unknown.
 */
#ifndef PC_TOOLCHAIN_FLOW_H
#define PC_TOOLCHAIN_FLOW_H

#include <stddef.h>

#include "base/words.h"
#include "model/escape.h"

/* For each of `n_lines` lines, the destination of what the one allocating call in it gives;
 * unknown when there is none of such a name, as in a macro, or several.  `others` are the
 * names that the object needs from elsewhere: any other name with brackets behind it is a
 * macro, or a function into which the compiler looks. */
void pc_flow_find(const char *text, size_t n, const struct pc_words *others,
                  const int *lines, size_t n_lines, struct pc_destination *found);

#endif
