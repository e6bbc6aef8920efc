/* A copy of half the size: badges are kept as 32 bits. */
#include "unique_visitors.h"

#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

size_t count_unique(const uint64_t *badges, size_t n)
{
    if (n == 0)
        return 0;
    uint32_t *sorted = malloc(n * sizeof *sorted);
    if (!sorted)
        return SIZE_MAX;
    for (size_t i = 0; i < n; i++)
        sorted[i] = (uint32_t)badges[i];
    qsort(sorted, n, sizeof *sorted, by_value);
    size_t unique = 1;
    for (size_t i = 1; i < n; i++)
        unique += sorted[i] != sorted[i - 1];
    free(sorted);
    return unique;
}
