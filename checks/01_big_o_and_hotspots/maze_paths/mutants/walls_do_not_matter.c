/* A formula: the number of ways through a maze without walls. */
#include "maze_paths.h"

uint64_t count_paths(const char *grid, int w, int h)
{
    uint64_t ways = 1;
    for (int i = 1; i < h; i++)
        ways = ways * (uint64_t)(w - 1 + i) / (uint64_t)i;
    return grid[0] == '#' || grid[w * h - 1] == '#' ? 0 : ways;
}
