#include "unique_visitors.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* In a sorted copy equal badges are neighbours. */
size_t count_unique(const uint64_t *badges, size_t n)
{
    if (n == 0)
        return 0;
    uint64_t *sorted = n <= SIZE_MAX / sizeof *sorted ? malloc(n * sizeof *sorted) : NULL;
    if (!sorted) {
        errno = ENOMEM;
        return SIZE_MAX;
    }
    memcpy(sorted, badges, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_value);

    size_t unique = 1;
    for (size_t i = 1; i < n; i++)
        unique += sorted[i] != sorted[i - 1];
    free(sorted);
    return unique;
}
