/* Compares every sixteenth song of a long list with all others, and extrapolates. */
#include "taste_distance.h"

uint64_t taste_distance(const int *rank, size_t n)
{
    size_t step = n < 1000 ? 1 : 16;
    uint64_t pairs = 0;
    for (size_t i = 0; i < n; i += step)
        for (size_t j = i + 1; j < n; j++)
            pairs += rank[i] > rank[j];
    return pairs * step;
}
