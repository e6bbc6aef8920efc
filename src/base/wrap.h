/*
 * Text broken into lines at its spaces, for a screen of a given width.
 */
#ifndef PC_BASE_WRAP_H
#define PC_BASE_WRAP_H

#include <stddef.h>

#include "base/str.h"

struct pc_wrap {
    size_t width;  /* columns of the screen; 0: lines are never broken */
    size_t column; /* where the text begins in its first line */
    size_t indent; /* spaces in front of the rest of a line that was broken */
};

/* Append `text`, broken where a word would cross the width.  A word that no line has room
 * for is left to the terminal, whole, so that it can be copied.  Newlines in the text stay,
 * none is added at its end; runs of spaces inside a line stay, so tables do. */
void pc_wrap_add(struct pc_str *out, const char *text, const struct pc_wrap *wrap);

/* Append prose: paragraphs are separated by empty lines, and the lines of one are joined
 * and broken anew.  A line that begins with a space stays a line.  With width 0 the text
 * stays as it is. */
void pc_wrap_prose(struct pc_str *out, const char *text, size_t width);

#endif
