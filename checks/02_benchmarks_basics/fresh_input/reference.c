#include "fresh_input.h"

#include <stdlib.h>

/* Places of a pool are made anew before each batch; a batch may use each of them often. */
enum { INPUTS = 64 };

struct inputs {
    const struct sorting *s;
    uint32_t *numbers; /* INPUTS times s->n, never sorted */
};

static void make_input(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    (void)b;
    in->s->fill(in->s->self, in->numbers + k * in->s->n, in->s->n);
}

void measure_sort(struct bench *b, const struct sorting *s)
{
    struct inputs in = {s, malloc(INPUTS * s->n * sizeof(uint32_t))};
    uint32_t *v = malloc(s->n * sizeof *v);
    if (in.numbers && v) {
        bench_pool(b, INPUTS, make_input, &in);
        while (bench_loop(b)) {
            memcpy(v, in.numbers + bench_i(b) % INPUTS * s->n, s->n * sizeof *v);
            s->sort(s->self, v, s->n);
        }
    }
    free(v);
    free(in.numbers);
}
