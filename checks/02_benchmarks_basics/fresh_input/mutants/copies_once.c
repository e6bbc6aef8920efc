#include "fresh_input.h"

#include <stdlib.h>

/* There is an original, and it is copied too early. */
void measure_sort(struct bench *b, const struct sorting *s)
{
    uint32_t *original = malloc(2 * s->n * sizeof *original), *v = original + s->n;
    s->fill(s->self, original, s->n);
    memcpy(v, original, s->n * sizeof *v);
    while (bench_loop(b))
        s->sort(s->self, v, s->n);
    free(original);
}
