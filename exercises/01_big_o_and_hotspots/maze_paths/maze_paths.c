#include "maze_paths.h"

/* The ways from column x of row y to the last cell. */
static uint64_t from(const char *grid, int w, int h, int x, int y)
{
    if (x >= w || y >= h || grid[y * w + x] == '#')
        return 0;
    if (x == w - 1 && y == h - 1)
        return 1;
    return from(grid, w, h, x + 1, y) + from(grid, w, h, x, y + 1);
}

uint64_t count_paths(const char *grid, int w, int h)
{
    return from(grid, w, h, 0, 0);
}
