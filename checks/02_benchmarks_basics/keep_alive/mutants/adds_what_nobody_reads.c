#include "keep_alive.h"

static uint32_t add(uint32_t a, uint32_t b)
{
    return a + b;
}

/* The total looks used, and is not. */
void measure_ring_sum(struct bench *b, const uint8_t *p, size_t n)
{
    uint32_t total = 0;
    while (bench_loop(b))
        total = add(total, ring_sum(p, n));
    (void)total;
}
