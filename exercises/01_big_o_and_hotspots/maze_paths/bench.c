/*
 * One operation counts the ways through a square maze of n cells.
 *
 * In maze_paths one cell in sixteen is a wall.  In dead_ends the row above the last one is a
 * wall but for its first cell, so that nearly everybody who sets out gets stuck:
 *
 *     ..#.....
 *     ........
 *     .#......
 *     .#######
 *     ........
 */
#include <perfbench.h>

#include "maze_paths.h"

enum { INPUTS = 16 };

struct inputs {
    int side; /* its square is n */
    char *grids[INPUTS];
};

/* Free cells with a wall here and there, but for the first cell and the last. */
static void make_maze(struct bench *b, char *grid, int n)
{
    for (int i = 0; i < n; i++)
        grid[i] = bench_random_below(b, 16) == 0 ? '#' : '.';
    grid[0] = grid[n - 1] = '.';
}

static void make_open(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    bench_unseal(b, in->grids[k]);
    make_maze(b, in->grids[k], in->side * in->side);
    bench_seal(b, in->grids[k]);
}

static void make_dead_ends(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    char *grid = in->grids[k];
    int side = in->side;
    bench_unseal(b, grid);
    make_maze(b, grid, side * side);
    for (int y = 0; y < side; y++)
        grid[y * side] = '.';
    memset(grid + (side - 2) * side + 1, '#', (size_t)side - 1);
    memset(grid + (side - 1) * side, '.', (size_t)side);
    bench_seal(b, grid);
}

static void count(struct bench *b, void (*make)(struct bench *b, void *arg, size_t k))
{
    struct inputs in = {.side = 2};
    while ((size_t)(in.side * in.side) < bench_size(b))
        in.side++;
    for (int k = 0; k < INPUTS; k++)
        in.grids[k] = bench_guarded(b, (size_t)(in.side * in.side));
    bench_pool(b, INPUTS, make, &in);

    while (bench_loop(b)) {
        uint64_t ways = count_paths(in.grids[bench_i(b) % INPUTS], in.side, in.side);
        bench_keep(ways);
        bench_digest(b, &ways, sizeof ways);
    }
}

BENCH_SIZES(maze_paths, 16, 64, 144)
{
    count(b, make_open);
}

BENCH_SIZES(dead_ends, 16, 64, 144)
{
    count(b, make_dead_ends);
}
