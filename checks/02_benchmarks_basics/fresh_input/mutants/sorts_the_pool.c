#include "fresh_input.h"

#include <stdlib.h>

enum { INPUTS = 16 };

struct inputs {
    const struct sorting *s;
    uint32_t *numbers;
};

static void make_input(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    (void)b;
    in->s->fill(in->s->self, in->numbers + k * in->s->n, in->s->n);
}

/* A pool, whose places are sorted when they come round again. */
void measure_sort(struct bench *b, const struct sorting *s)
{
    struct inputs in = {s, malloc(INPUTS * s->n * sizeof(uint32_t))};
    bench_pool(b, INPUTS, make_input, &in);
    while (bench_loop(b))
        s->sort(s->self, in.numbers + bench_i(b) % INPUTS * s->n, s->n);
    free(in.numbers);
}
