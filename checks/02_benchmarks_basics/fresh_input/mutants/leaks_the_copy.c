#include "fresh_input.h"

#include <stdlib.h>

/* A copy for each iteration, in memory of its own that nobody frees. */
void measure_sort(struct bench *b, const struct sorting *s)
{
    while (bench_loop(b)) {
        bench_stop_timer(b);
        uint32_t *v = malloc(s->n * sizeof *v);
        s->fill(s->self, v, s->n);
        bench_start_timer(b);
        s->sort(s->self, v, s->n);
    }
}
