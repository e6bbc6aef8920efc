/*
 * The inline content of a paragraph, a heading or a cell as a text with styles.
 */
#ifndef PC_MARKUP_INLINE_H
#define PC_MARKUP_INLINE_H

#include <cmark.h>

#include "markup/draft.h"
#include "markup/flow.h"

/* Append `node` and what is in it to `flow`, as part of a text in style `base`; links get
 * their numbers from `draft`. */
void pc_inline_add(struct pc_draft *draft, struct pc_flow *flow, cmark_node *node,
                   enum pc_style base);

/* The same for all children of `block`. */
void pc_inline_add_children(struct pc_draft *draft, struct pc_flow *flow, cmark_node *block,
                            enum pc_style base);

#endif
