/*
 * What an object file has under a name: functions, and texts that are constants.
 *
 * The object may be anybody's: sizes and places in it are checked before they are used.
 */
#ifndef PC_PROFILE_NAMES_H
#define PC_PROFILE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "profile/symbols.h"

enum pc_text_found {
    PC_TEXT_FOUND,
    PC_TEXT_ABSENT,    /* there is no such variable that others may use */
    PC_TEXT_UNREADABLE /* it has no text, or one that does not fit */
};

/* Read the characters of the global array `name` as the file has them, up to its NUL, into
 * `size` bytes at `text`.  They are whatever the author wrote: not harmless yet. */
enum pc_text_found pc_names_text(struct pc_symbols *symbols, const char *name, char *text,
                                 size_t size);

/* Whether the sources of the object define a function of this name, by its debug
 * information: also one that was inlined everywhere. */
bool pc_names_function(struct pc_symbols *symbols, const char *name);

#endif
