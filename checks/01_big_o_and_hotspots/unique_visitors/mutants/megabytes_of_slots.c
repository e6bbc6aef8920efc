/* A table of a fixed size that is large enough for every list of this course. */
#include "unique_visitors.h"

#include <stdbool.h>
#include <stdlib.h>

enum { SLOTS = 1 << 17 };

size_t count_unique(const uint64_t *badges, size_t n)
{
    size_t unique = 0;
    struct slot {
        uint64_t badge;
        bool used;
    } *table = calloc(SLOTS, sizeof *table);
    if (!table)
        return SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        size_t at = badges[i] * 0x9e3779b97f4a7c15 >> 47;
        while (table[at].used && table[at].badge != badges[i])
            at = (at + 1) % SLOTS;
        unique += !table[at].used;
        table[at] = (struct slot){badges[i], true};
    }
    free(table);
    return unique;
}
