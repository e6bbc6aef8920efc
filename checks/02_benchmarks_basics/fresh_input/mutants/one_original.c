#include "fresh_input.h"

#include <stdlib.h>

/* Always the same numbers: the processor learns them by heart. */
void measure_sort(struct bench *b, const struct sorting *s)
{
    uint32_t *original = malloc(2 * s->n * sizeof *original), *v = original + s->n;
    s->fill(s->self, original, s->n);
    while (bench_loop(b)) {
        memcpy(v, original, s->n * sizeof *v);
        s->sort(s->self, v, s->n);
    }
    free(original);
}
