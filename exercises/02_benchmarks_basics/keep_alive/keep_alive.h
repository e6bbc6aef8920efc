/*
 * A benchmark of a checksum.
 */
#ifndef KEEP_ALIVE_H
#define KEEP_ALIVE_H

#include <perfbench.h>

/* What is measured.  The compiler sees all of it, as it would in a program of your own. */
static inline uint32_t ring_sum(const uint8_t *p, size_t n)
{
    uint32_t sum = 1;
    for (size_t i = 0; i < n; i++)
        sum = (sum << 1 | sum >> 31) + p[i];
    return sum;
}

/*
 * Benchmark ring_sum() over the `n` bytes at `p`, by the rules of <perfbench.h>: the loop
 * asks bench_loop(b) before each iteration, until that says no, and one iteration computes
 * the checksum of all bytes once.
 *
 * The bytes are not written to, and nothing of them is kept.  Whoever calls this knows how
 * long a checksum takes, and expects to read the same from this benchmark: within a quarter.
 */
void measure_ring_sum(struct bench *b, const uint8_t *p, size_t n);

#endif
