/*
 * How fast is join_strings()?  This is the bench that judges your kernel; it is also a
 * model for your own.  Five habits make its numbers worth believing:
 *
 *   1. The inputs are random, so that nobody can prepare for them.
 *   2. There are many, and they are made anew for each batch: a processor that sees one
 *      input again and again learns it by heart and looks faster than it is, and so does a
 *      kernel that remembers its answers.
 *   3. They are made outside of the loop.  Only the loop is timed.
 *   4. Every answer is used.  Work that nobody looks at may be removed by the compiler.
 *      bench_keep() makes it look used; bench_digest() shows it to the host, which
 *      compares your answers with the starter's in runs that are not timed.
 *   5. Freeing the answer is inside: whoever allocates makes somebody pay for it later.
 */
#include <perfbench.h>
#include <stdlib.h>
#include <string.h>

#include "join_names.h"

enum { INPUTS = 16, NAMES = 4096, LONGEST = 24 };

struct input {
    const char **items;
    const char *sep;
};

struct inputs {
    size_t n; /* names to join in one operation */
    const char *names[NAMES];
    struct input places[INPUTS];
};

/* NAMES names of 4 to LONGEST letters.  They lie in memory that cannot be written and that
 * ends at a forbidden page: a kernel that strays crashes here. */
static void make_names(struct bench *b, const char *names[NAMES])
{
    static char text[NAMES * (LONGEST + 1)];
    size_t start[NAMES], end = 0;
    for (size_t i = 0; i < NAMES; i++) {
        start[i] = end;
        for (size_t k = 4 + bench_random_below(b, LONGEST - 3); k > 0; k--)
            text[end++] = (char)('a' + bench_random_below(b, 26));
        text[end++] = '\0';
    }
    const char *copy = bench_input(b, text, end);
    for (size_t i = 0; i < NAMES; i++)
        names[i] = copy + start[i];
}

/* Fill place `k` with names drawn at random. */
static void make_input(struct bench *b, void *arg, size_t k)
{
    static const char *const separators[] = {", ", "; ", "\n", " and "};
    struct inputs *in = arg;
    struct input *place = &in->places[k];
    bench_unseal(b, place->items);
    for (size_t i = 0; i < in->n; i++)
        place->items[i] = in->names[bench_random_below(b, NAMES)];
    bench_seal(b, place->items);
    place->sep = separators[bench_random_below(b, 4)];
}

BENCH_SIZES(join_names, 100, 500, 2000)
{
    struct inputs in = {.n = bench_size(b)};
    make_names(b, in.names);
    for (int k = 0; k < INPUTS; k++)
        in.places[k].items = bench_guarded(b, in.n * sizeof(const char *));
    bench_pool(b, INPUTS, make_input, &in);

    while (bench_loop(b)) {
        const struct input *now = &in.places[bench_i(b) % INPUTS];
        char *text = join_strings(now->items, in.n, now->sep);
        bench_keep(text);
        bench_digest(b, text, strlen(text) + 1);
        free(text);
    }
}
