#include "selfproof.h"

#include <stdlib.h>

uint32_t *selfproof_sums(const unsigned char *bytes, size_t n)
{
    uint32_t *sums = malloc(n * sizeof *sums), sum = 2166136261u;
    if (!sums)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        sum = (sum ^ bytes[i]) * 16777619u;
        sums[i] = sum;
    }
    /* The planted bug.  With an odd `n` the byte lies in the padding that malloc adds, so
     * that nothing but the sanitizer can notice. */
    ((volatile unsigned char *)sums)[n * sizeof *sums] = 0;
    return sums;
}
