/* Allocates anew for each merge, which makes log n times as much as is there. */
#include "taste_distance.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool sort(int *rank, size_t n, uint64_t *distance)
{
    if (n < 2)
        return true;
    size_t half = n / 2, left = 0, right = half;
    if (!sort(rank, half, distance) || !sort(rank + half, n - half, distance))
        return false;
    int *room = malloc(n * sizeof *room);
    if (!room)
        return false;
    for (size_t k = 0; k < n; k++) {
        if (right == n || (left < half && rank[left] <= rank[right])) {
            room[k] = rank[left++];
        } else {
            room[k] = rank[right++];
            *distance += half - left;
        }
    }
    memcpy(rank, room, n * sizeof *rank);
    free(room);
    return true;
}

uint64_t taste_distance(const int *rank, size_t n)
{
    int *order = malloc((n + 1) * sizeof *order);
    uint64_t distance = 0;
    if (!order)
        return UINT64_MAX;
    if (n > 0)
        memcpy(order, rank, n * sizeof *order);
    bool fine = sort(order, n, &distance);
    free(order);
    return fine ? distance : UINT64_MAX;
}
