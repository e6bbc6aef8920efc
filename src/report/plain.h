/*
 * Markdown for a terminal or a pipe: paragraphs filled to a width, everything else as it is.
 */
#ifndef PC_REPORT_PLAIN_H
#define PC_REPORT_PLAIN_H

#include <stddef.h>

#include "base/str.h"

/* Append `text` with its paragraphs and list items filled to `width` columns; headings,
 * quotes, code and tables keep their lines.  With width 0 all of it stays as it is. */
void pc_plain_markdown(struct pc_str *out, const char *text, size_t width);

#endif
