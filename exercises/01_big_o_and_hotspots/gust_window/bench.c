/*
 * The size of these benches is w, the length of the window.  One operation gives OUTPUTS
 * windows, whatever w is, so work that does not depend on w shows as a time that stays.
 *
 * `gust_window` has the wind as it comes, up and down at random.  In `falling` it dies down
 * over the whole series: then the strongest gust is always the one that leaves the window.
 */
#include <perfbench.h>

#include "gust_window.h"

enum { OUTPUTS = 2048, INPUTS = 16 };

struct inputs {
    size_t n; /* readings */
    int *series[INPUTS];
};

static void make_gusts(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    int *v = in->series[k];
    bench_unseal(b, v);
    for (size_t i = 0; i < in->n; i++)
        v[i] = (int)bench_random_below(b, 1000000);
    bench_seal(b, v);
}

static void make_falling(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    int *v = in->series[k], reading = 1000000;
    bench_unseal(b, v);
    for (size_t i = 0; i < in->n; i++)
        v[i] = reading -= 1 + (int)bench_random_below(b, 20);
    bench_seal(b, v);
}

static void run(struct bench *b, void (*make)(struct bench *b, void *arg, size_t k))
{
    size_t w = bench_size(b);
    struct inputs in = {.n = OUTPUTS + w - 1};
    int *out = bench_guarded(b, OUTPUTS * sizeof *out);
    for (int k = 0; k < INPUTS; k++)
        in.series[k] = bench_guarded(b, in.n * sizeof(int));
    bench_pool(b, INPUTS, make, &in);

    while (bench_loop(b)) {
        bool done = window_max(in.series[bench_i(b) % INPUTS], in.n, w, out);
        bench_keep(done);
        bench_digest(b, &done, sizeof done);
        bench_digest(b, out, OUTPUTS * sizeof *out);
    }
}

BENCH_SIZES(gust_window, 32, 128, 512)
{
    run(b, make_gusts);
}

BENCH_SIZES(falling, 32, 128, 512)
{
    run(b, make_falling);
}
