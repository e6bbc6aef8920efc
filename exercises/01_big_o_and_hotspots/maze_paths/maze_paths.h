/*
 * Count the ways through a maze.
 */
#ifndef MAZE_PATHS_H
#define MAZE_PATHS_H

#include <stdint.h>

/*
 * In how many ways can one walk through a maze, when every step goes right or down?
 *
 * `grid` has h rows of w characters, one row right behind the other, without anything between
 * them and without a NUL: the cell in column x of row y is grid[y * w + x].  '#' is a wall,
 * any other character is free.  The walk begins at the first cell of the first row and ends at
 * the last cell of the last row; it visits free cells only, these two included.  A maze of one
 * free cell has one way, a maze whose first or last cell is a wall has none.
 *
 * w and h are from 1 to 1000.  The number of ways from the first cell
 * to any other is less than 2^64; the caller has seen to that.  The grid is not changed and not
 * kept.
 *
 * Gives the number of ways.  An implementation that needs memory and cannot have it gives
 * UINT64_MAX, with errno ENOMEM, and leaves nothing allocated.
 */
uint64_t count_paths(const char *grid, int w, int h);

#endif
