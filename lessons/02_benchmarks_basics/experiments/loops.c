/*
 * What becomes of a checksum nobody asks for, and of one whose input is known.
 */
#include <perfbench.h>

static uint32_t ring_sum(const uint8_t *p, size_t n)
{
    uint32_t sum = 1;
    for (size_t i = 0; i < n; i++)
        sum = (sum << 1 | sum >> 31) + p[i];
    return sum;
}

static const uint8_t *make_bytes(struct bench *b)
{
    uint8_t bytes[4096];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)bench_random(b);
    return bench_input(b, bytes, sizeof bytes);
}

BENCH_SIZES(dropped, 64, 1024)
{
    const uint8_t *p = make_bytes(b);
    size_t n = bench_size(b);
    while (bench_loop(b))
        ring_sum(p, n);
}

BENCH_SIZES(kept, 64, 1024)
{
    const uint8_t *p = make_bytes(b);
    size_t n = bench_size(b);
    while (bench_loop(b))
        bench_keep(ring_sum(p, n));
}

static uint64_t scramble(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

/* Kept, but of a number that the compiler knows: it has done the work already. */
BENCH(known)
{
    while (bench_loop(b))
        bench_keep(scramble(42));
}

BENCH(unknown)
{
    uint64_t x = bench_random(b);
    while (bench_loop(b)) {
        bench_keep(x); /* and may have changed, for all that the compiler knows */
        x = scramble(x);
        bench_keep(x);
    }
}
