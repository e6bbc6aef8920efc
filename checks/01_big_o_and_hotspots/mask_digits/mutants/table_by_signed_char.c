/* A table of all characters, looked into by a char that may be negative. */
#include "mask_digits.h"

size_t mask_digits(char *text)
{
    static const unsigned char digit[256] = {
        ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1,
        ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1,
    };
    size_t masked = 0;
    for (signed char *p = (signed char *)text; *p; p++) {
        if (digit[*p]) {
            *p = '#';
            masked++;
        }
    }
    return masked;
}
