/*
 * Tables as GitHub writes them, which CommonMark takes for paragraphs.
 */
#ifndef PC_MARKUP_TABLE_H
#define PC_MARKUP_TABLE_H

#include <stdbool.h>

#include <cmark.h>

#include "markup/draft.h"

/* Append `paragraph` as a table if it is one.  A '|' inside code does not separate cells,
 * one behind a backslash does: cmark has taken the backslash away. */
bool pc_table_add(struct pc_draft *draft, cmark_node *paragraph);

#endif
