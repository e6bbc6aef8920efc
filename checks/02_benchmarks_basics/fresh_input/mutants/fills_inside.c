#include "fresh_input.h"

#include <stdlib.h>

/* Fresh numbers each time, and whoever reads the report pays for them. */
void measure_sort(struct bench *b, const struct sorting *s)
{
    uint32_t *v = malloc(s->n * sizeof *v);
    while (bench_loop(b)) {
        s->fill(s->self, v, s->n);
        s->sort(s->self, v, s->n);
    }
    free(v);
}
