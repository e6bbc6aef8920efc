/* Asks for the end every fourth time only: a quarter of too much is still too much. */
#include "mask_digits.h"

#include <string.h>

size_t mask_digits(char *text)
{
    size_t masked = 0;
    for (size_t from = 0; from < strlen(text); from += 4) {
        for (size_t i = from; i < from + 4 && text[i]; i++) {
            if (text[i] >= '0' && text[i] <= '9') {
                text[i] = '#';
                masked++;
            }
        }
    }
    return masked;
}
