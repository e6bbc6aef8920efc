#include "keep_alive.h"

/* A variable that has to be written for each byte: nothing is removed, and nothing of it is
 * what a program would do. */
void measure_ring_sum(struct bench *b, const uint8_t *p, size_t n)
{
    while (bench_loop(b)) {
        volatile uint32_t sum = 1;
        for (volatile size_t i = 0; i < n; i++)
            sum = (sum << 1 | sum >> 31) + p[i];
    }
}
