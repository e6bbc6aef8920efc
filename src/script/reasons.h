/*
 * Why a kernel must be refused: the reasons that limits.lua gives for the starter and for
 * each mutant.  A check that has never refused anything proves nothing, so a reason that
 * could not occur is an error of the file.
 */
#ifndef PC_SCRIPT_REASONS_H
#define PC_SCRIPT_REASONS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/metric.h"
#include "script/shape.h"

/* Copy a list of strings (NULL: none), each of which may occur once.  What was copied is in
 * `*words` and `*n` also on failure; the caller frees it. */
bool pc_reasons_read_words(const struct pc_document *doc, const char *path,
                           const struct pc_value *list, char ***words, size_t *n);

/* The same with strings that are a limit of `limits` or a stage of the check. */
bool pc_reasons_read(const struct pc_document *doc, const char *path,
                     const struct pc_value *list, const struct pc_limits *limits,
                     char ***words, size_t *n);

/* Read the field `mutants` of the file's table.  It must agree with the files NAME.c in
 * `folder`: one that is not listed would never be run. */
bool pc_reasons_read_mutants(const struct pc_document *doc, const char *folder,
                             const struct pc_value *root, struct pc_limits *limits);

#endif
