/* Saves the copy: the list itself is sorted. */
#include "unique_visitors.h"

#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

size_t count_unique(const uint64_t *badges, size_t n)
{
    if (n == 0)
        return 0;
    qsort((uint64_t *)(uintptr_t)badges, n, sizeof *badges, by_value);
    size_t unique = 1;
    for (size_t i = 1; i < n; i++)
        unique += badges[i] != badges[i - 1];
    return unique;
}
