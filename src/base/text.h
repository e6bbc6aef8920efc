/*
 * Text from outside: width on the screen, and harmless forms of it.
 */
#ifndef PC_BASE_TEXT_H
#define PC_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Columns that a UTF-8 text takes in a terminal; invalid bytes take one each. */
size_t pc_text_width(const char *s, size_t n);

/* Bytes of the longest beginning of `s` that takes at most `width` columns. */
size_t pc_text_fit(const char *s, size_t n, size_t width);

/* A copy that a terminal cannot act on: control characters other than newline and tab,
 * escapes and invalid UTF-8 become '?'; at most `max` bytes, cut ones end in "...".  The
 * caller owns it. */
char *pc_text_harmless(const char *s, size_t n, size_t max);

/* The same as one line, in memory of `size` bytes at `to`: newlines and tabs become blanks.
 * Characters that do not fit are left out. */
void pc_text_copy_line(char *to, size_t size, const char *s, size_t n);

/* Whether it is such text already, without anything to replace. */
bool pc_text_is_harmless(const char *s, size_t n);

/* Whether `s` is valid UTF-8 (RFC 3629). */
bool pc_text_is_utf8(const char *s, size_t n);

/* Decode the first character of `n` >= 1 bytes; gives its length in bytes, 0 (and nothing in
 * `*c`) when they do not begin with valid UTF-8. */
size_t pc_text_decode(const char *s, size_t n, uint32_t *c);

/* The names among the `n` given that are nearest to `word` (optimal string alignment
 * distance, Damerau 1964, at most a third of the letters wrong), as "a, b or c" that the
 * caller owns; NULL when none is near. */
char *pc_text_nearest(const char *word, const char *const *names, size_t n);

#endif
