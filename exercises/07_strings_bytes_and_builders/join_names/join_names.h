/*
 * Join strings into one.
 */
#ifndef JOIN_NAMES_H
#define JOIN_NAMES_H

#include <stddef.h>

/*
 * Write the `n` strings of `items` one after the other, with `sep` between neighbours:
 * three items "a", "", "b" and the separator ", " give "a, , b".
 *
 * With `n` 0 the answer is the empty string.  Items and separator may be empty, and the
 * same pointer may occur many times; no pointer is NULL.  What the caller passes in is
 * neither changed nor kept.
 *
 * The answer comes from malloc (or realloc) and belongs to the caller, who frees it with
 * free().  It is NULL, with errno ENOMEM, only when there was not enough memory; nothing
 * stays allocated then.
 */
char *join_strings(const char *const *items, size_t n, const char *sep);

#endif
