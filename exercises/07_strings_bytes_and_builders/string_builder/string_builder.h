/*
 * A string builder: text that grows at its end.
 */
#ifndef STRING_BUILDER_H
#define STRING_BUILDER_H

#include <stddef.h>

/*
 * `len` bytes at `data`, in a block with room for `cap`: len <= cap at all times.  They are
 * bytes: there may be NULs among them, and none is added at the end.
 *
 * `(sbuf){0}` is an empty builder that owns nothing.  `data` comes from realloc (or
 * malloc).  Whoever owns the builder frees it with free(sb.data), and may set `len` to a
 * smaller value at any time to use the room again.  Builders do not know of each other.
 */
typedef struct sbuf {
    char *data;
    size_t len, cap;
} sbuf;

/*
 * Append a copy of the `n` bytes at `text`, which do not lie in the builder itself.  With
 * `n` 0 nothing happens, and `text` may be NULL.
 *
 * Gives 0; or -1, with errno ENOMEM, when the memory cannot be had or len + n does not fit
 * into a size_t.  Then the builder is as it was before.
 */
int sb_append(sbuf *sb, const char *text, size_t n);

/*
 * Make room for `n` more bytes: cap >= len + n afterwards, and appending up to `n` bytes
 * does not move the data.  Contents and length stay; when there is room enough already,
 * nothing changes at all.  Gives 0 or -1 as sb_append() does.
 */
int sb_reserve(sbuf *sb, size_t n);

#endif
