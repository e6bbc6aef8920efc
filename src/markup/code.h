/*
 * Blocks of code: one line each, never broken, C with its tokens in their styles.
 */
#ifndef PC_MARKUP_CODE_H
#define PC_MARKUP_CODE_H

#include <stdbool.h>
#include <stddef.h>

#include "markup/draft.h"

/* Append the lines of `code` as one block behind `gutter`. */
void pc_code_add(struct pc_draft *draft, const char *code, size_t n, bool is_c,
                 const char *gutter);

#endif
