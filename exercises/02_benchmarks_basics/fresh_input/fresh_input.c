#include "fresh_input.h"

#include <stdlib.h>

void measure_sort(struct bench *b, const struct sorting *s)
{
    uint32_t *v = malloc(s->n * sizeof *v);
    if (!v)
        return;
    s->fill(s->self, v, s->n);
    while (bench_loop(b))
        s->sort(s->self, v, s->n);
    free(v);
}
