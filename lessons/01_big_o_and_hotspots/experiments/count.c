/*
 * Three ways to count the different values of a list.  One operation counts n values of which
 * one in four was there a short while before.  The lists are parts of one that is too long for
 * a processor to learn by heart, or short lists would look better than they are.
 */
#include <perfbench.h>
#include <stdlib.h>
#include <string.h>

enum { INPUTS = 1024, LARGE = 1 << 17, WHILE = 200 };

struct inputs {
    size_t n;
    const uint64_t *large;
    const uint64_t *lists[INPUTS];
};

/* Look through all that came before. */
static size_t count_nested(const uint64_t *v, size_t n)
{
    size_t unique = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < i && v[k] != v[i])
            k++;
        unique += k == i;
    }
    return unique;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Sort a copy: equal values are neighbours then. */
static size_t count_sorted(const uint64_t *v, size_t n)
{
    size_t unique = n > 0;
    uint64_t *copy = malloc(n * sizeof *copy);
    memcpy(copy, v, n * sizeof *copy);
    qsort(copy, n, sizeof *copy, by_value);
    for (size_t i = 1; i < n; i++)
        unique += copy[i] != copy[i - 1];
    free(copy);
    return unique;
}

/* Remember in a table what was seen.  The values are never 0 here. */
static size_t count_hashed(const uint64_t *v, size_t n)
{
    size_t slots = 16, unique = 0;
    while (slots < 2 * n)
        slots *= 2;
    uint64_t *table = calloc(slots, sizeof *table);
    for (size_t i = 0; i < n; i++) {
        size_t at = (v[i] * 0x9e3779b97f4a7c15 >> 32) & (slots - 1);
        while (table[at] && table[at] != v[i])
            at = (at + 1) & (slots - 1);
        unique += table[at] == 0;
        table[at] = v[i];
    }
    free(table);
    return unique;
}

static void make_large(struct bench *b, uint64_t *large)
{
    for (size_t i = 0; i < LARGE; i++) {
        size_t back = 1 + bench_random_below(b, 4 * WHILE);
        large[i] = back <= WHILE && back <= i ? large[i - back] : bench_random(b) | 1;
    }
    bench_seal(b, large);
}

static void make_input(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    in->lists[k] = in->large + bench_random_below(b, LARGE - in->n);
}

/* All of them are measured in the same way. */
static void run(struct bench *b, size_t (*count)(const uint64_t *v, size_t n))
{
    static struct inputs in;
    uint64_t *large = bench_guarded(b, LARGE * sizeof *large);
    make_large(b, large);
    in = (struct inputs){.n = bench_size(b), .large = large};
    bench_pool(b, INPUTS, make_input, &in);

    while (bench_loop(b)) {
        size_t unique = count(in.lists[bench_i(b) % INPUTS], in.n);
        bench_keep(unique);
        bench_digest(b, &unique, sizeof unique);
    }
}

BENCH_SIZES(nested, 8, 128, 2048)
{
    run(b, count_nested);
}

BENCH_SIZES(sorted, 8, 128, 2048)
{
    run(b, count_sorted);
}

BENCH_SIZES(hashed, 8, 128, 2048)
{
    run(b, count_hashed);
}
