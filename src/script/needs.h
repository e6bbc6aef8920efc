/*
 * Libraries that an exercise or an experiment links, as names for pkg-config.
 */
#ifndef PC_SCRIPT_NEEDS_H
#define PC_SCRIPT_NEEDS_H

#include <stdbool.h>
#include <stddef.h>

#include "script/shape.h"

/* Copy the list (NULL: none), called `path` in messages.  Only names pass: pkg-config would
 * take "--libs" for an option and "x.pc" for a file, whose flags could load anything into
 * the compiler.  What was copied is in `*names` and `*n` also on failure; the caller frees
 * it. */
bool pc_needs_read(const struct pc_document *doc, const char *path,
                   const struct pc_value *list, char ***names, size_t *n);

#endif
