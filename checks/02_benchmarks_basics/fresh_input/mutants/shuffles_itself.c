#include "fresh_input.h"

#include <stdlib.h>

/* Puts the numbers well out of order again, while the clock is running. */
void measure_sort(struct bench *b, const struct sorting *s)
{
    uint32_t *v = malloc(s->n * sizeof *v);
    s->fill(s->self, v, s->n);
    while (bench_loop(b)) {
        for (int k = 0; k < 12; k++) {
            for (size_t i = s->n; i > 1; i--) {
                size_t j = bench_random_below(b, i);
                uint32_t other = v[j];
                v[j] = v[i - 1];
                v[i - 1] = other;
            }
        }
        s->sort(s->self, v, s->n);
    }
    free(v);
}
