/*
 * One operation masks the digits of a transcript of n characters, about one in five of them a
 * digit:
 *
 *     qkzv 20417 mwp, hszrk 7 epqa ...
 *
 * Each text is a part of one large text, drawn anew for each batch.  mask_digits() writes to
 * it, so each operation gets a copy of its own, which ends right before a forbidden page.
 * Making the copy is a part of the time, for your kernel and for the one that you began with:
 * about a hundredth of a nanosecond for each character.
 */
#include <perfbench.h>
#include <string.h>

#include "mask_digits.h"

enum { INPUTS = 1024, LARGEST = 8000, LARGE = 1 << 18 };

struct inputs {
    size_t n; /* characters of a text */
    const char *large;
    const char *parts[INPUTS];
};

/* Fill `room` with words, numbers and punctuation. */
static void make_large(struct bench *b, char *room)
{
    static const char *const behind[] = {" ", " ", " ", ", ", ". "};
    for (char *p = room; p < room + LARGE;) {
        uint64_t number = bench_random_below(b, 10) < 3;
        for (uint64_t k = 1 + bench_random_below(b, 7); k > 0 && p < room + LARGE; k--)
            *p++ = (char)(number ? '0' + bench_random_below(b, 10)
                                 : 'a' + bench_random_below(b, 26));
        for (const char *s = behind[bench_random_below(b, 5)]; *s && p < room + LARGE; s++)
            *p++ = *s;
    }
}

static void make_input(struct bench *b, void *arg, size_t k)
{
    struct inputs *in = arg;
    in->parts[k] = in->large + bench_random_below(b, LARGE - in->n);
}

BENCH_SIZES(mask_digits, 500, 2000, LARGEST)
{
    static char large[LARGE];
    static struct inputs in;
    size_t n = bench_size(b);
    make_large(b, large);
    in = (struct inputs){.n = n, .large = large};
    bench_pool(b, INPUTS, make_input, &in);
    char *text = bench_guarded(b, n + 1);

    while (bench_loop(b)) {
        memcpy(text, in.parts[bench_i(b) % INPUTS], n);
        text[n] = '\0';
        size_t masked = mask_digits(text);
        bench_keep(masked);
        bench_digest(b, &masked, sizeof masked);
        bench_digest(b, text, n + 1);
    }
}
