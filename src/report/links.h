/*
 * Places in lines of text as links that a terminal opens (OSC 8).
 */
#ifndef PC_REPORT_LINKS_H
#define PC_REPORT_LINKS_H

#include <stddef.h>

#include "base/str.h"

/* In what was added to `out` from byte `from` on, make each "NAME:LINE" and
 * "NAME:LINE:COLUMN" a link to the file `path`; nothing when that is not absolute.  Widths stay
 * as they are. */
void pc_links_add(struct pc_str *out, size_t from, const char *name, const char *path);

#endif
