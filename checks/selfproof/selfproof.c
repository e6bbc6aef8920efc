#include "selfproof.h"

#include <stdlib.h>

uint32_t *selfproof_sums(const unsigned char *bytes, size_t n)
{
    uint32_t *sums = malloc(n * sizeof *sums), sum = 2166136261u;
    if (!sums)
        return NULL;
    /* Each step waits for the multiplication before it, so that no compiler can make this
     * loop faster than another and the work of slow.c is twice as much. */
    for (size_t i = 0; i < n; i++) {
        sum = (sum ^ bytes[i]) * 16777619u;
        sums[i] = sum;
    }
    return sums;
}
