/* Asks for the end every eighth time only: an eighth of too much is still too much. */
#include "mask_digits.h"

#include <string.h>

size_t mask_digits(char *text)
{
    size_t masked = 0;
    for (size_t from = 0; from < strlen(text); from += 8) {
        for (size_t i = from; i < from + 8 && text[i]; i++) {
            if (text[i] >= '0' && text[i] <= '9') {
                text[i] = '#';
                masked++;
            }
        }
    }
    return masked;
}
