#include "mask_digits.h"

/* The NUL is what ends the text, so one walk is enough: it masks, and it finds the end. */
size_t mask_digits(char *text)
{
    size_t masked = 0;
    for (char *p = text; *p; p++) {
        if (*p >= '0' && *p <= '9') {
            *p = '#';
            masked++;
        }
    }
    return masked;
}
