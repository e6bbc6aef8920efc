#include "new_exercise.h"

int32_t new_exercise(const int32_t *items, size_t n)
{
    int32_t largest = INT32_MIN;
    for (size_t i = 0; i < n; i++)
        largest = items[i] > largest ? items[i] : largest;
    return largest;
}
