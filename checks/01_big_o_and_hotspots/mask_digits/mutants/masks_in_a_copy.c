/* Masks in a copy and copies it back: right, and one allocation too many. */
#include "mask_digits.h"

#include <stdlib.h>
#include <string.h>

size_t mask_digits(char *text)
{
    size_t masked = 0, len = strlen(text);
    char *copy = malloc(len + 1);
    if (!copy)
        return 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char digit = text[i] >= '0' && text[i] <= '9';
        copy[i] = digit ? '#' : text[i];
        masked += digit;
    }
    memcpy(text, copy, len);
    free(copy);
    return masked;
}
