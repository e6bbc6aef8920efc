/* Has room for mazes of up to 64 by 64 cells. */
#include "maze_paths.h"

#include <string.h>

enum { SIDE = 64 };

uint64_t count_paths(const char *grid, int w, int h)
{
    uint64_t ways[SIDE + 1][SIDE + 1];
    memset(ways, 0, sizeof ways);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
            ways[y + 1][x + 1] = grid[y * w + x] == '#' ? 0
                                 : x + y == 0           ? 1
                                                        : ways[y][x + 1] + ways[y + 1][x];
    return ways[h][w];
}
