#include "keep_alive.h"

/* Computed once and kept many times. */
void measure_ring_sum(struct bench *b, const uint8_t *p, size_t n)
{
    uint32_t sum = ring_sum(p, n);
    while (bench_loop(b))
        bench_keep(sum);
}
