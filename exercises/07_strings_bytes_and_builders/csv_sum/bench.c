/*
 * One operation adds up the amounts in a file of orders, six fields a line:
 *
 *     48213,zcfkpqw,-204177,euh,715,hmtkzcfk
 *
 * The file is a view that ends right before a forbidden page, without a NUL.
 */
#include <perfbench.h>
#include <stdio.h>
#include <string.h>

#include "csv_sum.h"

enum { INPUTS = 16, LINES = 4096, LONGEST_LINE = 80, AMOUNT = 2 };

struct line {
    const char *text;
    size_t len;
};

struct inputs {
    size_t n; /* lines of a file */
    struct line lines[LINES];
    struct place {
        char *room, *csv; /* the whole block, and the file at its end */
        size_t len;
    } places[INPUTS];
};

/* Write 3 to 10 letters and a comma; give back the end. */
static char *put_word(struct bench *b, char *to)
{
    for (uint64_t k = 3 + bench_random_below(b, 8); k > 0; k--)
        *to++ = (char)('a' + bench_random_below(b, 26));
    *to++ = ',';
    return to;
}

/* Write a number below `limit`, one in sixteen of them negative, and `then`. */
static char *put_number(struct bench *b, char *to, unsigned limit, char then)
{
    const char *sign = bench_random_below(b, 16) == 0 ? "-" : "";
    return to + sprintf(to, "%s%u%c", sign, (unsigned)bench_random_below(b, limit), then);
}

static void make_lines(struct bench *b, struct line lines[LINES])
{
    static char text[LINES * LONGEST_LINE];
    char *end = text;
    for (size_t i = 0; i < LINES; i++) {
        lines[i].text = end;
        end = put_number(b, end, 100000, ',');
        end = put_word(b, end);
        end = put_number(b, end, 1000000, ',');
        end = put_word(b, end);
        end = put_number(b, end, 1000, ',');
        end = put_word(b, end);
        end[-1] = '\n';
        lines[i].len = (size_t)(end - lines[i].text);
    }
}

/* Write a file of lines drawn at random to place `k`, the last line first. */
static void make_input(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    struct place *place = &in->places[k];
    char *end = place->room + in->n * LONGEST_LINE;
    place->csv = end;
    bench_unseal(b, place->room);
    for (size_t i = 0; i < in->n; i++) {
        const struct line *line = &in->lines[bench_random_below(b, LINES)];
        place->csv -= line->len;
        memcpy(place->csv, line->text, line->len);
    }
    bench_seal(b, place->room);
    place->len = (size_t)(end - place->csv);
}

BENCH_SIZES(csv_sum, 100, 1000)
{
    struct inputs in = {.n = bench_size(b)};
    size_t bytes = 0;
    make_lines(b, in.lines);
    for (int k = 0; k < INPUTS; k++)
        in.places[k].room = bench_guarded(b, in.n * LONGEST_LINE);
    bench_pool(b, INPUTS, make_input, &in);
    for (int k = 0; k < INPUTS; k++)
        bytes += in.places[k].len;
    bench_set_bytes(b, bytes / INPUTS); /* shows MB/s next to ns/op */

    while (bench_loop(b)) {
        const struct place *now = &in.places[bench_i(b) % INPUTS];
        int64_t sum = 0;
        size_t found = csv_sum(now->csv, now->len, AMOUNT, &sum);
        bench_keep(found);
        bench_keep(sum);
        bench_digest(b, &found, sizeof found);
        bench_digest(b, &sum, sizeof sum);
    }
}
