/*
 * How fast is join_strings()?  This is the bench that judges your kernel; it is also a
 * model for your own.  Five habits make its numbers worth believing:
 *
 *   1. The inputs are random, so that nobody can prepare for them.
 *   2. There are many, taken in turns: a processor that sees one input again and again
 *      learns it by heart and looks faster than it is.
 *   3. They are made before the loop.  Only the loop is timed.
 *   4. Every answer is used.  Work that nobody looks at may be removed by the compiler.
 *      bench_keep() makes it look used; bench_digest() shows it to the host, which
 *      compares your answers with the starter's in runs that are not timed.
 *   5. Freeing the answer is inside: whoever allocates makes somebody pay for it later.
 */
#include <perfbench.h>
#include <stdlib.h>
#include <string.h>

#include "join_names.h"

enum { INPUTS = 16, LONGEST = 24 };

struct input {
    const char *const *items;
    const char *sep;
};

/* `n` names of 4 to LONGEST letters.  Names and pointers are copied to memory that cannot
 * be written and that ends at a forbidden page: a kernel that strays crashes here. */
static struct input make_input(struct bench *b, size_t n)
{
    static const char *const separators[] = {", ", "; ", "\n", " and "};
    size_t *start = malloc(n * sizeof *start);
    const char **items = malloc(n * sizeof *items);
    char *names = malloc(n * (LONGEST + 1));
    size_t end = 0;

    for (size_t i = 0; i < n; i++) {
        start[i] = end;
        for (size_t k = 4 + bench_random_below(b, LONGEST - 3); k > 0; k--)
            names[end++] = (char)('a' + bench_random_below(b, 26));
        names[end++] = '\0';
    }

    const char *copy = bench_input(b, names, end);
    for (size_t i = 0; i < n; i++)
        items[i] = copy + start[i];
    struct input in = {
        .items = bench_input(b, items, n * sizeof *items),
        .sep = separators[bench_random_below(b, 4)],
    };
    free(names);
    free(items);
    free(start);
    return in;
}

BENCH_SIZES(join_names, 100, 500, 2000)
{
    struct input in[INPUTS];
    size_t n = bench_size(b);
    for (int k = 0; k < INPUTS; k++)
        in[k] = make_input(b, n);

    while (bench_loop(b)) {
        const struct input *now = &in[bench_i(b) % INPUTS];
        char *text = join_strings(now->items, n, now->sep);
        bench_keep(text);
        bench_digest(b, text, strlen(text) + 1);
        free(text);
    }
}
