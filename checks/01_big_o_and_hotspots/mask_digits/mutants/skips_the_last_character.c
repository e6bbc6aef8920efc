/* Takes the length once, and stops one character early. */
#include "mask_digits.h"

#include <string.h>

size_t mask_digits(char *text)
{
    size_t masked = 0, len = strlen(text);
    for (size_t i = 0; i + 1 < len; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            text[i] = '#';
            masked++;
        }
    }
    return masked;
}
