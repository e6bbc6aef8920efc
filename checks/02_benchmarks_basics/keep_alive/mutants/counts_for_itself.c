#include "keep_alive.h"

/* A hundred iterations, whatever perfbench would like. */
void measure_ring_sum(struct bench *b, const uint8_t *p, size_t n)
{
    if (bench_loop(b))
        for (int i = 0; i < 100; i++)
            bench_keep(ring_sum(p, n));
}
