/*
 * One operation counts the different badges of a day on which n times somebody came through
 * the door: most visitors came once, some several times, and badges are random numbers.
 */
#include <perfbench.h>

#include "unique_visitors.h"

enum { INPUTS = 16 };

struct inputs {
    size_t n; /* badges in a list */
    uint64_t *lists[INPUTS];
};

/* Fill place `k`: one in four is somebody who has been there before. */
static void make_input(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    uint64_t *list = in->lists[k];
    bench_unseal(b, list);
    for (size_t i = 0; i < in->n; i++)
        list[i] = i > 0 && bench_random_below(b, 4) == 0 ? list[bench_random_below(b, i)]
                                                          : bench_random(b);
    bench_seal(b, list);
}

BENCH_SIZES(unique_visitors, 32, 256, 2048)
{
    struct inputs in = {.n = bench_size(b)};
    for (int k = 0; k < INPUTS; k++)
        in.lists[k] = bench_guarded(b, in.n * sizeof(uint64_t));
    bench_pool(b, INPUTS, make_input, &in);

    while (bench_loop(b)) {
        size_t unique = count_unique(in.lists[bench_i(b) % INPUTS], in.n);
        bench_keep(unique);
        bench_digest(b, &unique, sizeof unique);
    }
}
