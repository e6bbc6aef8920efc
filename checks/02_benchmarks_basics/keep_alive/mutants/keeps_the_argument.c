#include "keep_alive.h"

/* What goes in is kept, what comes out is not. */
void measure_ring_sum(struct bench *b, const uint8_t *p, size_t n)
{
    while (bench_loop(b)) {
        bench_keep(p);
        ring_sum(p, n);
    }
}
