/* Compares each pair instead of sorting: no copy, and no swaps, but all pairs. */
#include "taste_distance.h"

uint64_t taste_distance(const int *rank, size_t n)
{
    uint64_t pairs = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            pairs += rank[i] > rank[j];
    return pairs;
}
