/*
 * A value of a Lua file as text, for the way from one process to another.
 *
 * Each value is a line, then what belongs to it; LINE is where it was written.
 *
 *     nil LINE | true LINE | false LINE | function LINE
 *     number LINE BITS           16 hexadecimal digits of the IEEE double, so that every
 *                                number arrives as it was
 *     string LINE N              and the N bytes, and a newline
 *     table LINE N               and N fields, each of them a key and a value;
 *                                a key is `key N` with bytes as above, or `item INDEX`
 *
 * Reading trusts nothing: neither sizes nor depth nor numbers, and one text has one reading.
 */
#ifndef PC_SCRIPT_TREE_H
#define PC_SCRIPT_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "script/value.h"

/* Append the text of `value`. */
void pc_tree_write(const struct pc_value *value, struct pc_str *out);

/* Read all of the `n` bytes; the fields are in the order
 * of value.h.  False when they are no text as above, or more than a file may return and a
 * message around it; the caller frees the value (pc_value_fini) also then. */
bool pc_tree_read(const char *text, size_t n, struct pc_value *value);

#endif
