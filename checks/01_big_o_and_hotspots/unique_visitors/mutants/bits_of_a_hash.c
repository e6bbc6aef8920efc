/* A bit for each hash: two badges with the same hash are counted as one. */
#include "unique_visitors.h"

#include <stdlib.h>

enum { BITS = 1 << 16 };

size_t count_unique(const uint64_t *badges, size_t n)
{
    size_t unique = 0;
    uint64_t *bits = calloc(BITS / 64, sizeof *bits);
    if (!bits)
        return SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        uint64_t hash = badges[i] * 0x9e3779b97f4a7c15 >> 48;
        uint64_t bit = UINT64_C(1) << hash % 64;
        unique += !(bits[hash / 64] & bit);
        bits[hash / 64] |= bit;
    }
    free(bits);
    return unique;
}
