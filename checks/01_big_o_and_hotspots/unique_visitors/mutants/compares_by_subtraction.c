/* The order of two badges is the sign of their difference, cut to an int. */
#include "unique_visitors.h"

#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b)
{
    return (int)(*(const uint64_t *)a - *(const uint64_t *)b);
}

size_t count_unique(const uint64_t *badges, size_t n)
{
    if (n == 0)
        return 0;
    uint64_t *sorted = malloc(n * sizeof *sorted);
    if (!sorted)
        return SIZE_MAX;
    memcpy(sorted, badges, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_value);
    size_t unique = 1;
    for (size_t i = 1; i < n; i++)
        unique += sorted[i] != sorted[i - 1];
    free(sorted);
    return unique;
}
