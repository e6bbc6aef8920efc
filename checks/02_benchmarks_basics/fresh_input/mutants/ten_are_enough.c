#include "fresh_input.h"

#include <stdlib.h>

/* Ten sorts, whatever perfbench would like. */
void measure_sort(struct bench *b, const struct sorting *s)
{
    uint32_t *v = malloc(s->n * sizeof *v);
    for (int k = 0; k < 10 && bench_loop(b); k++) {
        bench_stop_timer(b);
        s->fill(s->self, v, s->n);
        bench_start_timer(b);
        s->sort(s->self, v, s->n);
    }
    free(v);
}
