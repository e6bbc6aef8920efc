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

struct inputs {
    const char *text;
    struct piece *places[INPUTS];
};

/* Fill place `k` with pieces.  Half of them are for the long response, number 0. */
static void make_input(struct bench *b, void *arg, size_t k)
{
    struct piece *pieces = ((struct inputs *)arg)->places[k];
    bench_unseal(b, pieces);
    for (int i = 0; i < PIECES; i++) {
        uint64_t bits = bench_random(b); /* one number has enough for all three */
        pieces[i].len = (uint8_t)(1 + bits % LONGEST);
        pieces[i].start = (uint16_t)((bits >> 8) % (TEXT - LONGEST + 1));
        pieces[i].to = (uint8_t)((bits >> 32 & 1) * ((bits >> 33) % BUILDERS));
    }
    bench_seal(b, pieces);
}

BENCH(string_builder)
{
    char text[TEXT];
    for (int i = 0; i < TEXT; i++)
        text[i] = (char)bench_random(b);
    struct inputs in = {.text = bench_input(b, text, sizeof text)};
    for (int k = 0; k < INPUTS; k++)
        in.places[k] = bench_guarded(b, PIECES * sizeof(struct piece));
    bench_pool(b, INPUTS, make_input, &in);

    while (bench_loop(b)) {
        const struct piece *pieces = in.places[bench_i(b) % INPUTS];
        sbuf sb[BUILDERS] = {0};
        size_t len = 0, cap = 0;

        for (int i = 0; i < PIECES; i++) {
            const struct piece *p = &pieces[i];
            sb_append(&sb[p->to], in.text + p->start, p->len);
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
