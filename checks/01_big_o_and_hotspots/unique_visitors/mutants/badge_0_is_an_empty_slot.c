/* A hash table in which 0 means that a slot is empty, so badge 0 is never in it. */
#include "unique_visitors.h"

#include <stdlib.h>

size_t count_unique(const uint64_t *badges, size_t n)
{
    size_t slots = 16, unique = 0;
    while (slots < 2 * n)
        slots *= 2;
    uint64_t *table = calloc(slots, sizeof *table);
    if (!table)
        return SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        size_t at = (badges[i] * 0x9e3779b97f4a7c15 >> 32) & (slots - 1);
        while (table[at] != 0 && table[at] != badges[i])
            at = (at + 1) & (slots - 1);
        unique += table[at] == 0;
        table[at] = badges[i];
    }
    free(table);
    return unique;
}
