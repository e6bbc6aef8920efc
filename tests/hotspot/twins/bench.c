#include <perfbench.h>

#include "twins.h"

enum { INPUTS = 16 };

struct inputs {
    size_t n;
    uint64_t *items[INPUTS];
};

static void make_input(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    bench_unseal(b, in->items[k]);
    for (size_t i = 0; i < in->n; i++)
        in->items[k][i] = bench_random(b);
    bench_seal(b, in->items[k]);
}

BENCH_SIZES(twins, 1000)
{
    struct inputs in = {.n = bench_size(b)};
    for (int k = 0; k < INPUTS; k++)
        in.items[k] = bench_guarded(b, in.n * sizeof(uint64_t));
    bench_pool(b, INPUTS, make_input, &in);
    while (bench_loop(b)) {
        uint64_t sum = twins(in.items[bench_i(b) % INPUTS], in.n);
        bench_keep(sum);
        bench_digest(b, &sum, sizeof sum);
    }
}
