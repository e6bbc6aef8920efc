/* Adds up in 32 bits. */
#include "maze_paths.h"

#include <stdlib.h>

uint64_t count_paths(const char *grid, int w, int h)
{
    uint32_t *ways = calloc((size_t)w, sizeof *ways);
    if (!ways)
        return UINT64_MAX;
    ways[0] = 1;
    for (int y = 0; y < h; y++) {
        uint32_t left = 0;
        for (int x = 0; x < w; x++) {
            left = grid[y * w + x] == '#' ? 0 : left + ways[x];
            ways[x] = left;
        }
    }
    uint32_t all = ways[w - 1];
    free(ways);
    return all;
}
