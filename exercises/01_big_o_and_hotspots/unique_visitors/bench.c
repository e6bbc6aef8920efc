/*
 * One operation counts the different badges of a day on which n times somebody came through
 * the door.  One in four is somebody who was there a short while before; badges are random
 * numbers.
 *
 * Each day is a part of one long list, which is made once, drawn anew for each batch.  So
 * there are more days than a processor can learn by heart, also when days are short.
 */
#include <perfbench.h>

#include "unique_visitors.h"

enum { INPUTS = 1024, LARGE = 1 << 17, WHILE = 200 };

struct inputs {
    size_t n; /* badges of a day */
    const uint64_t *large;
    const uint64_t *days[INPUTS];
};

/* Fill `large`, LARGE badges. */
static void make_large(struct bench *b, uint64_t *large)
{
    for (size_t i = 0; i < LARGE; i++) {
        size_t back = 1 + bench_random_below(b, 4 * WHILE);
        large[i] = back <= WHILE && back <= i ? large[i - back] : bench_random(b);
    }
    bench_seal(b, large);
}

static void make_input(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    in->days[k] = in->large + bench_random_below(b, LARGE - in->n);
}

BENCH_SIZES(unique_visitors, 32, 256, 2048)
{
    static struct inputs in;
    uint64_t *large = bench_guarded(b, LARGE * sizeof *large);
    make_large(b, large);
    in = (struct inputs){.n = bench_size(b), .large = large};
    bench_pool(b, INPUTS, make_input, &in);

    while (bench_loop(b)) {
        size_t unique = count_unique(in.days[bench_i(b) % INPUTS], in.n);
        bench_keep(unique);
        bench_digest(b, &unique, sizeof unique);
    }
}
