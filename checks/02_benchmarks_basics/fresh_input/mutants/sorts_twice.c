#include "fresh_input.h"

#include <stdlib.h>

/* Once more, so that it is surely sorted. */
void measure_sort(struct bench *b, const struct sorting *s)
{
    uint32_t *v = malloc(s->n * sizeof *v);
    while (bench_loop(b)) {
        bench_stop_timer(b);
        s->fill(s->self, v, s->n);
        bench_start_timer(b);
        s->sort(s->self, v, s->n);
        s->sort(s->self, v, s->n);
    }
    free(v);
}
