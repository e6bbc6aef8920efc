#include "mask_digits.h"

#include <string.h>

size_t mask_digits(char *text)
{
    size_t masked = 0;
    for (size_t i = 0; i < strlen(text); i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            text[i] = '#';
            masked++;
        }
    }
    return masked;
}
