/*
 * Blacken the digits of a text.
 */
#ifndef MASK_DIGITS_H
#define MASK_DIGITS_H

#include <stddef.h>

/*
 * Replace each of the characters '0' to '9' in the string `text` by '#', where it stands, and
 * give the number of characters that were replaced.
 *
 * Every other byte stays as it is, and bytes above 127 are no digits.  The text may be empty;
 * it ends with its NUL, and what lies behind that is neither read nor written.
 */
size_t mask_digits(char *text);

#endif
