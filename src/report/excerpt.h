/*
 * A compiler's message with the line of the source that it is about.
 */
#ifndef PC_REPORT_EXCERPT_H
#define PC_REPORT_EXCERPT_H

#include <stddef.h>

#include "base/str.h"
#include "model/verdict.h"

/* Append the message, the line, and a caret below the column; all indented.  A line that is
 * wider than the screen (`width` columns, 0: any) is shown around its caret. */
void pc_excerpt_add(struct pc_str *out, const struct pc_diagnostic *diagnostic,
                    size_t width);

#endif
