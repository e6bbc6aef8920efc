#include "taste_distance.h"

#include <stdlib.h>
#include <string.h>

/* Sort by swapping neighbours: each song changes places with the one before it until that is
 * better.  A swap puts one pair in order, so their number is that of the pairs that were not. */
uint64_t taste_distance(const int *rank, size_t n)
{
    if (n == 0)
        return 0;
    int *order = malloc(n * sizeof *order);
    if (!order)
        return UINT64_MAX;
    memcpy(order, rank, n * sizeof *order);

    uint64_t swaps = 0;
    for (size_t i = 1; i < n; i++) {
        int song = order[i];
        size_t k = i;
        for (; k > 0 && order[k - 1] > song; k--) {
            order[k] = order[k - 1];
            swaps++;
        }
        order[k] = song;
    }
    free(order);
    return swaps;
}
