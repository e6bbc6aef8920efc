#include "keep_alive.h"

/* The clock runs while there is nothing to do. */
void measure_ring_sum(struct bench *b, const uint8_t *p, size_t n)
{
    while (bench_loop(b)) {
        bench_stop_timer(b);
        for (int i = 0; i < 2; i++)
            bench_keep(ring_sum(p, n));
        bench_start_timer(b);
    }
    bench_reset_timer(b);
}
