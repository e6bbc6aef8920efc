/*
 * A benchmark of a sort.
 */
#ifndef FRESH_INPUT_H
#define FRESH_INPUT_H

#include <perfbench.h>

/* A sort, and where its input comes from.  `self` goes to both functions as it is. */
struct sorting {
    size_t n; /* numbers to sort */
    /* Fill `v` with `n` numbers in random order, others at each call.  This takes
     * at least as long as sorting them. */
    void (*fill)(void *self, uint32_t *v, size_t n);
    /* Sort the `n` numbers at `v`, in place. */
    void (*sort)(void *self, uint32_t *v, size_t n);
    void *self;
};

/*
 * Benchmark s->sort() on s->n numbers, by the rules of <perfbench.h>.
 *
 * One iteration sorts s->n numbers once, while the time is running, and they are in random
 * order then.  In fifty iterations at least eight different arrays are sorted.  What is not
 * sorting adds little to the report: it lies within a third of what the sort takes.
 *
 * Nothing stays allocated.  n is at least 1.
 */
void measure_sort(struct bench *b, const struct sorting *s);

#endif
