/*
 * Characters spelled in ASCII, for terminals that show nothing else.
 */
#ifndef PC_MARKUP_ASCII_H
#define PC_MARKUP_ASCII_H

#include <stdint.h>

/* The spelling of a character: "lambda", "->", "\"", "e" for an e with an accent; "" for
 * what takes no room (accents of their own, joiners), "?" for what has no spelling here.
 * ASCII characters other than controls have none and are not to be asked for.  Lower case
 * letters stay lower case, and what draws a line in a picture is one column wide. */
const char *pc_ascii(uint32_t c);

/* A whole text spelled so; bytes that are no valid UTF-8 become '?', control characters
 * stay.  The caller owns it. */
char *pc_ascii_text(const char *text);

#endif
