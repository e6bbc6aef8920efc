/*
 * The largest value of each window of w neighbours, by two ways that are right, on readings
 * that go up and down at random and on readings that fall.  One operation gives WINDOWS
 * values, whatever w is.
 */
#include <perfbench.h>
#include <stdlib.h>

enum { WINDOWS = 2000, INPUTS = 16 };

struct inputs {
    size_t n; /* readings */
    int *series[INPUTS];
};

/* Keep the maximum, and look at the window again when it has left. */
static void look_again(const int *v, size_t n, size_t w, int *out)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (at + w <= i) {
            at = i + 1 - w;
            for (size_t k = at + 1; k <= i; k++)
                if (v[k] >= v[at])
                    at = k;
        } else if (v[i] >= v[at]) {
            at = i;
        }
        if (i + 1 >= w)
            out[i + 1 - w] = v[at];
    }
}

/* Keep all that may still become the maximum, in a queue of falling values. */
static void keep_candidates(const int *v, size_t n, size_t w, int *out)
{
    size_t *queue = malloc(n * sizeof *queue), front = 0, back = 0;
    for (size_t i = 0; i < n; i++) {
        while (back > front && v[queue[back - 1]] <= v[i])
            back--;
        queue[back++] = i;
        if (queue[front] + w <= i)
            front++;
        if (i + 1 >= w)
            out[i + 1 - w] = v[queue[front]];
    }
    free(queue);
}

static void make_random(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    bench_unseal(b, in->series[k]);
    for (size_t i = 0; i < in->n; i++)
        in->series[k][i] = (int)bench_random_below(b, 1000000);
    bench_seal(b, in->series[k]);
}

static void make_falling(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    int reading = 1000000;
    bench_unseal(b, in->series[k]);
    for (size_t i = 0; i < in->n; i++)
        in->series[k][i] = reading -= 1 + (int)bench_random_below(b, 20);
    bench_seal(b, in->series[k]);
}

static void run(struct bench *b, void (*slide)(const int *v, size_t n, size_t w, int *out),
                void (*make)(struct bench *b, void *arg, size_t k))
{
    size_t w = bench_size(b);
    struct inputs in = {.n = WINDOWS + w - 1};
    int *out = bench_guarded(b, WINDOWS * sizeof *out);
    for (int k = 0; k < INPUTS; k++)
        in.series[k] = bench_guarded(b, in.n * sizeof(int));
    bench_pool(b, INPUTS, make, &in);
    while (bench_loop(b)) {
        slide(in.series[bench_i(b) % INPUTS], in.n, w, out);
        bench_keep(out);
        bench_digest(b, out, WINDOWS * sizeof *out);
    }
}

BENCH_SIZES(look_again_random, 10, 100)
{
    run(b, look_again, make_random);
}

BENCH_SIZES(look_again_falling, 10, 100)
{
    run(b, look_again, make_falling);
}

BENCH_SIZES(candidates_random, 10, 100)
{
    run(b, keep_candidates, make_random);
}

BENCH_SIZES(candidates_falling, 10, 100)
{
    run(b, keep_candidates, make_falling);
}
