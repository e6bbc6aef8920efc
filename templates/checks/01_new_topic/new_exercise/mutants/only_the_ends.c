#include "new_exercise.h"

/* Looks at the first and the last number only. */
int32_t new_exercise(const int32_t *items, size_t n)
{
    if (n == 0)
        return INT32_MIN;
    return items[0] > items[n - 1] ? items[0] : items[n - 1];
}
