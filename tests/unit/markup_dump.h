/*
 * A document as text that shows its styles, for tests.
 */
#ifndef TESTS_UNIT_MARKUP_DUMP_H
#define TESTS_UNIT_MARKUP_DUMP_H

#include "markup/markup.h"

/* One letter for a style, '.' for plain text. */
char style_letter(enum pc_style style);

/* All lines; runs that are not plain text stand in braces behind the letter of their style,
 * as in "{S strong}".  The caller owns it. */
char *dump_document(const struct pc_document *document);

#endif
