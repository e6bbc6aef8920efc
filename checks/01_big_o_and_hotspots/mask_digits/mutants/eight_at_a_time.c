/* Reads and writes eight bytes at a time, also those behind the NUL. */
#include "mask_digits.h"

#include <stdint.h>
#include <string.h>

size_t mask_digits(char *text)
{
    const uint64_t ones = 0x0101010101010101, tops = ones * 128;
    size_t masked = 0, len = strlen(text);
    for (size_t i = 0; i < len; i += 8) {
        uint64_t x;
        memcpy(&x, text + i, 8);
        uint64_t low = x & ~tops;
        uint64_t digit =
            (((low + ones * (128 - '0')) & ~(low + ones * (127 - '9')) & ~x) & tops) >> 7;
        masked += digit * ones >> 56;
        x = (x & ~(digit * 255)) | digit * '#';
        memcpy(text + i, &x, 8);
    }
    return masked;
}
