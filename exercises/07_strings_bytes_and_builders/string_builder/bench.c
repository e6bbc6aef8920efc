/*
 * One operation builds sixteen responses at the same time from small pieces, as a server
 * does: most stay short, one grows long.  Because the builders take turns, a block often
 * has a neighbour behind it and realloc() must move it.
 */
#include <perfbench.h>
#include <stdlib.h>

#include "string_builder.h"

enum { INPUTS = 16, BUILDERS = 16, PIECES = 8000, LONGEST = 64, TEXT = 4096 };

/* Append `len` bytes of the text, from `start`, to builder number `to`. */
struct piece {
    uint16_t start;
    uint8_t len, to;
};

struct input {
    const char *text;
    const struct piece *pieces;
};

static struct input make_input(struct bench *b)
{
    char text[TEXT];
    struct piece pieces[PIECES];

    for (int i = 0; i < TEXT; i++)
        text[i] = (char)bench_random(b);
    for (int i = 0; i < PIECES; i++) {
        pieces[i].len = (uint8_t)(1 + bench_random_below(b, LONGEST));
        pieces[i].start = (uint16_t)bench_random_below(b, TEXT - LONGEST + 1);
        /* Half of the pieces are for the long response, number 0. */
        pieces[i].to =
            (uint8_t)(bench_random_below(b, 2) * bench_random_below(b, BUILDERS));
    }
    return (struct input){
        .text = bench_input(b, text, sizeof text),
        .pieces = bench_input(b, pieces, sizeof pieces),
    };
}

BENCH(string_builder)
{
    struct input in[INPUTS];
    for (int k = 0; k < INPUTS; k++)
        in[k] = make_input(b);

    while (bench_loop(b)) {
        const struct input *now = &in[bench_i(b) % INPUTS];
        sbuf sb[BUILDERS] = {0};
        size_t len = 0, cap = 0;

        for (int i = 0; i < PIECES; i++) {
            const struct piece *p = &now->pieces[i];
            sb_append(&sb[p->to], now->text + p->start, p->len);
        }
        for (int k = 0; k < BUILDERS; k++) {
            bench_digest(b, &sb[k].len, sizeof sb[k].len);
            bench_digest(b, sb[k].data, sb[k].len);
            len += sb[k].len;
            cap += sb[k].cap;
            free(sb[k].data);
        }
        bench_report_metric(b, "cap/len", (double)cap / (double)len);
    }
}
