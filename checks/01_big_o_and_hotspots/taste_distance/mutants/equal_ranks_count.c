/* Takes from the right when the ranks are equal, so that ties are counted. */
#include "taste_distance.h"

#include <stdlib.h>
#include <string.h>

/* Merge the sorted halves of `from`, which meet at `middle`, into `to`.  Whatever comes from
 * the right half passes all that is left of the left one: these pairs were in the wrong order. */
static uint64_t merge(const int *from, size_t middle, size_t n, int *to)
{
    uint64_t passed = 0;
    size_t left = 0, right = middle;
    for (size_t k = 0; k < n; k++) {
        if (right == n || (left < middle && from[left] < from[right])) {
            to[k] = from[left++];
        } else {
            to[k] = from[right++];
            passed += middle - left;
        }
    }
    return passed;
}

uint64_t taste_distance(const int *rank, size_t n)
{
    if (n == 0)
        return 0;
    int *room = malloc(2 * n * sizeof *room);
    if (!room)
        return UINT64_MAX;
    memcpy(room, rank, n * sizeof *room);

    /* Runs of `run` are sorted; merging two and two makes them twice as long. */
    uint64_t distance = 0;
    int *from = room, *to = room + n;
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t at = 0; at < n; at += 2 * run) {
            size_t rest = n - at, both = rest < 2 * run ? rest : 2 * run;
            distance += merge(from + at, run < rest ? run : rest, both, to + at);
        }
        int *sorted = to;
        to = from;
        from = sorted;
    }
    free(room);
    return distance;
}
