/*
 * One operation adds up the amounts in a file of orders, six fields a line:
 *
 *     48213,zcfkpqw,-204177,euh,715,hmtkzcfk
 *
 * The file is a view that ends right before a forbidden page, without a NUL.
 */
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>

#include "csv_sum.h"

enum { INPUTS = 16, LONGEST_LINE = 80, AMOUNT = 2 };

struct input {
    const char *csv;
    size_t len;
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

static struct input make_input(struct bench *b, size_t lines)
{
    char *text = malloc(lines * LONGEST_LINE), *end = text;
    for (size_t i = 0; i < lines; i++) {
        end = put_number(b, end, 100000, ',');
        end = put_word(b, end);
        end = put_number(b, end, 1000000, ',');
        end = put_word(b, end);
        end = put_number(b, end, 1000, ',');
        end = put_word(b, end);
        end[-1] = '\n';
    }
    struct input in = {.len = (size_t)(end - text)};
    in.csv = bench_input(b, text, in.len);
    free(text);
    return in;
}

BENCH_SIZES(csv_sum, 100, 1000)
{
    struct input in[INPUTS];
    size_t bytes = 0;
    for (int k = 0; k < INPUTS; k++) {
        in[k] = make_input(b, bench_size(b));
        bytes += in[k].len;
    }
    bench_set_bytes(b, bytes / INPUTS); /* shows MB/s next to ns/op */

    while (bench_loop(b)) {
        const struct input *now = &in[bench_i(b) % INPUTS];
        int64_t sum = 0;
        size_t found = csv_sum(now->csv, now->len, AMOUNT, &sum);
        bench_keep(found);
        bench_keep(sum);
        bench_digest(b, &found, sizeof found);
        bench_digest(b, &sum, sizeof sum);
    }
}
