/*
 * Which line each field of a returned table was written on.
 *
 * Lua forgets it, and an author who reads "allocs/op must be a number" wants to be led
 * there.  So the source is read a second time, as far as needed: the table constructor of
 * the last `return`, with its nested ones.  What a script computes instead of writing it
 * out gets the line of the nearest field around it.
 */
#ifndef PC_SCRIPT_LINES_H
#define PC_SCRIPT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "script/value.h"

/* Set `line` in `value` and below it, which came from running the `n` bytes of `source`;
 * these must have passed Lua's own compiler. */
void pc_lines_mark(const char *source, size_t n, struct pc_value *value);

/* Where the items of a list stand in a source: for programs that add one. */
struct pc_list_place {
    size_t begin, end; /* what is between the braces, as offsets */
    size_t last;       /* behind the last item and its comma; `begin` when there is none */
    bool comma;        /* it has one */
};

/* Find the list that was written out for `key` in the table that the file returns.  False
 * when there is none. */
bool pc_lines_find_list(const char *source, size_t n, const char *key,
                        struct pc_list_place *place);

#endif
