/* Sorts where the ranks lie. */
#include "taste_distance.h"

#include <stdlib.h>
#include <string.h>

static uint64_t sort(int *rank, int *room, size_t n)
{
    if (n < 2)
        return 0;
    size_t half = n / 2, left = 0, right = half;
    uint64_t distance = sort(rank, room, half) + sort(rank + half, room, n - half);
    for (size_t k = 0; k < n; k++) {
        if (right == n || (left < half && rank[left] <= rank[right])) {
            room[k] = rank[left++];
        } else {
            room[k] = rank[right++];
            distance += half - left;
        }
    }
    memcpy(rank, room, n * sizeof *rank);
    return distance;
}

uint64_t taste_distance(const int *rank, size_t n)
{
    int *room = malloc((n + 1) * sizeof *room);
    if (!room)
        return UINT64_MAX;
    uint64_t distance = sort((int *)rank, room, n);
    free(room);
    return distance;
}
