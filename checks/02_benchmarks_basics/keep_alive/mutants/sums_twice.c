#include "keep_alive.h"

/* To be sure. */
void measure_ring_sum(struct bench *b, const uint8_t *p, size_t n)
{
    while (bench_loop(b)) {
        bench_keep(ring_sum(p, n));
        bench_keep(ring_sum(p, n));
    }
}
