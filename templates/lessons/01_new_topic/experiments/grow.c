/*
 * A walk over n numbers; lesson.lua divides the time by n.
 */
#include <perfbench.h>
#include <stdlib.h>

BENCH_SIZES(walk, 1000, 10000)
{
    size_t n = bench_size(b);
    uint32_t *numbers = malloc(n * sizeof *numbers);
    for (size_t i = 0; i < n; i++)
        numbers[i] = (uint32_t)bench_random(b);
    while (bench_loop(b)) {
        uint32_t sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += numbers[i];
        bench_keep(sum);
        bench_digest(b, &sum, sizeof sum);
    }
    free(numbers);
}
