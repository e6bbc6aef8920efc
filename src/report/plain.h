/*
 * Prose for a terminal or a pipe: paragraphs filled to a width, everything else as it is.
 */
#ifndef PC_REPORT_PLAIN_H
#define PC_REPORT_PLAIN_H

#include <stddef.h>

#include "base/str.h"

/* Append Markdown `text` with its paragraphs, list items and quotes filled to `columns`;
 * headings, code and tables keep their lines.  Ends with a newline. */
void pc_plain_markdown(const char *text, size_t columns, struct pc_str *out);

/* Append a paragraph whose first line begins with `first` and whose others begin with
 * `rest`; what stands in `text` between words does not count. */
void pc_plain_fill(const char *text, size_t n, const char *first, const char *rest,
                   size_t columns, struct pc_str *out);

#endif
