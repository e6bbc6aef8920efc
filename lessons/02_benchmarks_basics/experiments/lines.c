/*
 * The column that is overlooked: two ways to make n lines of text, one with a block of memory
 * for each line.
 */
#define _GNU_SOURCE
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>

BENCH_SIZES(a_block_each, 1, 10, 100)
{
    size_t n = bench_size(b);
    uint32_t number = (uint32_t)bench_random(b);
    while (bench_loop(b)) {
        for (size_t i = 0; i < n; i++) {
            char *line = malloc(64);
            snprintf(line, 64, "%u", number++);
            bench_keep(line);
            free(line);
        }
    }
}

BENCH_SIZES(one_buffer, 1, 10, 100)
{
    size_t n = bench_size(b);
    uint32_t number = (uint32_t)bench_random(b);
    char line[64];
    while (bench_loop(b)) {
        for (size_t i = 0; i < n; i++) {
            snprintf(line, sizeof line, "%u", number++);
            bench_keep(&line[0]);
        }
    }
}
