/*
 * What a processor remembers of a test.  A loop decides for each of n random numbers whether
 * to add it: either always for the same numbers, or for others each time.
 */
#include <perfbench.h>
#include <stdlib.h>

/* So many outcomes come by before any of them comes again: more than is remembered. */
enum { NUMBERS = 1 << 20 };

static const uint8_t *make_numbers(struct bench *b)
{
    static uint8_t numbers[NUMBERS];
    for (size_t i = 0; i < NUMBERS; i++)
        numbers[i] = (uint8_t)bench_random(b);
    return bench_input(b, numbers, NUMBERS);
}

/* The empty instruction keeps compilers from making arithmetic of the decision. */
static uint64_t add_large(const uint8_t *v, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (v[i] >= 128) {
            __asm__ volatile("" : "+r"(sum));
            sum += v[i];
        }
    }
    return sum;
}

/* The same sum without a decision: a mask of ones or zeros. */
static uint64_t add_masked(const uint8_t *v, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t mask = 0 - (uint64_t)(v[i] >> 7);
        __asm__ volatile("" : "+r"(mask));
        sum += v[i] & mask;
    }
    return sum;
}

/* One operation adds n numbers; `step` is how far the next one's lie from these. */
static void run(struct bench *b, uint64_t (*add)(const uint8_t *v, size_t n), bool fresh)
{
    const uint8_t *numbers = make_numbers(b);
    size_t n = bench_size(b), at = 0;
    while (bench_loop(b)) {
        bench_keep(add(numbers + at, n));
        if (fresh)
            at = at + 2 * n <= NUMBERS ? at + n : 0;
    }
}

BENCH_SIZES(same, 64, 1024, 16384)
{
    run(b, add_large, false);
}

BENCH_SIZES(fresh, 64, 1024, 16384)
{
    run(b, add_large, true);
}

BENCH_SIZES(masked, 64, 1024, 16384)
{
    run(b, add_masked, true);
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* One operation sorts a copy of n numbers. */
static void run_sort(struct bench *b, bool fresh)
{
    size_t n = bench_size(b), arrays = fresh ? 1 + 200000 / n : 1;
    uint32_t *original = malloc(arrays * n * sizeof *original);
    uint32_t *v = malloc(n * sizeof *v);
    for (size_t i = 0; i < arrays * n; i++)
        original[i] = (uint32_t)bench_random(b);
    while (bench_loop(b)) {
        memcpy(v, original + bench_i(b) % arrays * n, n * sizeof *v);
        qsort(v, n, sizeof *v, by_value);
        bench_keep(v[0]);
    }
    free(v);
    free(original);
}

BENCH_SIZES(sort_same, 200)
{
    run_sort(b, false);
}

BENCH_SIZES(sort_fresh, 200)
{
    run_sort(b, true);
}
