/*
 * How fast is new_exercise()?  The inputs are random, made before the loop, taken in turns.
 */
#include <perfbench.h>
#include <stdlib.h>

#include "new_exercise.h"

enum { INPUTS = 16 };

static const int32_t *make_input(struct bench *b, size_t n)
{
    int32_t *items = malloc(n * sizeof *items);
    for (size_t i = 0; i < n; i++)
        items[i] = (int32_t)bench_random(b);
    const int32_t *input = bench_input(b, items, n * sizeof *items);
    free(items);
    return input;
}

BENCH_SIZES(new_exercise, 100, 1000)
{
    const int32_t *in[INPUTS];
    size_t n = bench_size(b);
    for (int k = 0; k < INPUTS; k++)
        in[k] = make_input(b, n);

    while (bench_loop(b)) {
        int32_t largest = new_exercise(in[bench_i(b) % INPUTS], n);
        bench_keep(largest);
        bench_digest(b, &largest, sizeof largest);
    }
}
