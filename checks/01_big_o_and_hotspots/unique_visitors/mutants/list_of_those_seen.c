/* Keeps a list of the different badges and looks through that one: shorter, and quadratic. */
#include "unique_visitors.h"

#include <stdlib.h>

size_t count_unique(const uint64_t *badges, size_t n)
{
    size_t unique = 0;
    uint64_t *seen = malloc((n + 1) * sizeof *seen);
    if (!seen)
        return SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        seen[unique] = badges[i];
        while (seen[k] != badges[i])
            k++;
        unique += k == unique;
    }
    free(seen);
    return unique;
}
