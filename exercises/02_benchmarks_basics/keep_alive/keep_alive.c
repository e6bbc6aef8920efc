#include "keep_alive.h"

void measure_ring_sum(struct bench *b, const uint8_t *p, size_t n)
{
    while (bench_loop(b))
        ring_sum(p, n);
}
