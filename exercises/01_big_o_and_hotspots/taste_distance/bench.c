/*
 * One operation compares the taste of two friends in n songs, about which they agree in
 * nothing: ranks are random, and one in sixteen is that of another song, too.
 */
#include <perfbench.h>

#include "taste_distance.h"

enum { INPUTS = 16 };

struct inputs {
    size_t n; /* songs of a list */
    int *ranks[INPUTS];
};

static void make_input(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    int *rank = in->ranks[k];
    bench_unseal(b, rank);
    for (size_t i = 0; i < in->n; i++)
        rank[i] = i > 0 && bench_random_below(b, 16) == 0 ? rank[bench_random_below(b, i)]
                                                          : (int)bench_random(b);
    bench_seal(b, rank);
}

BENCH_SIZES(taste_distance, 64, 512, 4096)
{
    struct inputs in = {.n = bench_size(b)};
    for (int k = 0; k < INPUTS; k++)
        in.ranks[k] = bench_guarded(b, in.n * sizeof(int));
    bench_pool(b, INPUTS, make_input, &in);

    while (bench_loop(b)) {
        uint64_t distance = taste_distance(in.ranks[bench_i(b) % INPUTS], in.n);
        bench_keep(distance);
        bench_digest(b, &distance, sizeof distance);
    }
}
