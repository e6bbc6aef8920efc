#include "new_exercise.h"

#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

int32_t new_exercise(const int32_t *items, size_t n)
{
    int32_t largest = INT32_MIN;
    int32_t *copy = malloc((n + 1) * sizeof *copy);
    if (copy && n > 0) {
        memcpy(copy, items, n * sizeof *copy);
        qsort(copy, n, sizeof *copy, by_value);
        largest = copy[n - 1];
    }
    free(copy);
    return largest;
}
