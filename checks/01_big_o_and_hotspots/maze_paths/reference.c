#include "maze_paths.h"

#include <stdlib.h>

/* Row by row, from the top: ways[x] is how many ways lead to column x of the row above, and
 * becomes that of this row when those from the left are added. */
uint64_t count_paths(const char *grid, int w, int h)
{
    uint64_t *ways = calloc((size_t)w, sizeof *ways);
    if (!ways)
        return UINT64_MAX;

    ways[0] = 1;
    for (int y = 0; y < h; y++) {
        const char *row = grid + (size_t)y * (size_t)w;
        uint64_t left = 0;
        for (int x = 0; x < w; x++) {
            left = row[x] == '#' ? 0 : left + ways[x];
            ways[x] = left;
        }
    }
    uint64_t all = ways[w - 1];
    free(ways);
    return all;
}
