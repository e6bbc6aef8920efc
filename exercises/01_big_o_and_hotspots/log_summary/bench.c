/*
 * One operation summarizes a log of n lines that asks for n / 2 pages, more or less:
 *
 *     10.0.143.9 GET /museum/collection/Room-31/item-4711?from=mail 200 48213
 *
 * The log is a view that ends right before a forbidden page, without a NUL.
 */
#include <perfbench.h>
#include <stdio.h>
#include <string.h>

#include "log_summary.h"

enum { INPUTS = 16, LINES = 4096, LONGEST_LINE = 96, TOP = 10 };

struct line {
    const char *text;
    size_t len;
};

struct inputs {
    size_t n; /* lines of a log */
    struct line lines[LINES];
    struct place {
        char *room, *log; /* the whole block, and the log at its end */
        size_t len;
    } places[INPUTS];
};

static unsigned below(struct bench *b, unsigned n)
{
    return (unsigned)bench_random_below(b, n);
}

/* Lines that a log of n is drawn from.  One in eight has failed, one in four has a query, and
 * one in four shouts. */
static void make_lines(struct bench *b, struct inputs *in)
{
    static char text[LINES * LONGEST_LINE];
    unsigned salt = below(b, 1000), pages = (unsigned)in->n * 2 / 3 + 1;
    char *end = text;
    for (size_t i = 0; i < LINES; i++) {
        unsigned page = below(b, pages) + salt;
        in->lines[i].text = end;
        end += sprintf(end, "10.0.%u.%u GET /museum/collection/%coom-%u/item-%u%s %s %u\n",
                       below(b, 256), below(b, 256), below(b, 4) == 0 ? 'R' : 'r',
                       page % 64, page, below(b, 4) == 0 ? "?from=mail" : "",
                       below(b, 8) == 0 ? "404" : "200", below(b, 100000));
        in->lines[i].len = (size_t)(end - in->lines[i].text);
    }
}

/* Write a log of lines drawn at random to place `k`, the last line first. */
static void make_input(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    struct place *place = &in->places[k];
    char *end = place->room + in->n * LONGEST_LINE;
    place->log = end;
    bench_unseal(b, place->room);
    for (size_t i = 0; i < in->n; i++) {
        const struct line *line = &in->lines[bench_random_below(b, LINES)];
        place->log -= line->len;
        memcpy(place->log, line->text, line->len);
    }
    bench_seal(b, place->room);
    place->len = (size_t)(end - place->log);
}

BENCH_SIZES(log_summary, 100, 1000)
{
    struct inputs in = {.n = bench_size(b)};
    struct top top[TOP];
    make_lines(b, &in);
    for (int k = 0; k < INPUTS; k++)
        in.places[k].room = bench_guarded(b, in.n * LONGEST_LINE);
    bench_pool(b, INPUTS, make_input, &in);

    while (bench_loop(b)) {
        const struct place *now = &in.places[bench_i(b) % INPUTS];
        int n = summarize(now->log, now->len, top, TOP);
        bench_keep(n);
        bench_digest(b, &n, sizeof n);
        for (int i = 0; b->digesting && i < n && i < TOP; i++) {
            bench_digest(b, top[i].page, strnlen(top[i].page, PAGE_MAX));
            bench_digest(b, &top[i].hits, sizeof top[i].hits);
            bench_digest(b, &top[i].bytes, sizeof top[i].bytes);
        }
    }
}
