#include "new_exercise.h"

#include <stdlib.h>
#include <string.h>

/* Fast enough, and asks for memory that it does not need. */
int32_t new_exercise(const int32_t *items, size_t n)
{
    int32_t largest = INT32_MIN;
    int32_t *copy = malloc((n + 1) * sizeof *copy);
    if (!copy)
        return largest;
    if (n > 0)
        memcpy(copy, items, n * sizeof *copy);
    for (size_t i = 0; i < n; i++)
        largest = copy[i] > largest ? copy[i] : largest;
    free(copy);
    return largest;
}
