/*
 * Profiles as text, a line for each stack: "main;f;g 12", the outermost function first.
 *
 * FlameGraph, inferno, flamelens and speedscope draw it (the format is that of Brendan
 * Gregg's stackcollapse scripts).  It keeps names and one value, no more.
 */
#ifndef PC_PROFILE_FOLDED_H
#define PC_PROFILE_FOLDED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "model/profile.h"

/* Append the stacks with value `type`, sorted by their text; stacks of the same functions are
 * one line, those with the value 0 are left out.  In names ';' becomes ':', blanks and control
 * characters '_', invalid UTF-8 '?'.  A stack without frames is called "[unknown]". */
void pc_folded_encode(const struct pc_profile *profile, size_t type, struct pc_str *out);

/* Write it to the file `path`. */
bool pc_folded_write(const char *path, const struct pc_profile *profile, size_t type,
                     struct pc_err *err);

/* The reverse, into `profile`, which pc_profile_fini() frees.  Its one type is "value", without
 * a unit: such a file says neither what it counts nor how many samples there were.  False with the line that is wrong, PC_USAGE; there is
 * nothing to free then. */
bool pc_folded_decode(const char *text, size_t n, struct pc_profile *profile,
                      struct pc_err *err);
bool pc_folded_read(const char *path, struct pc_profile *profile, struct pc_err *err);

#endif
