/*
 * One operation escapes a text of the given size.  One character in 200 needs it, at places
 * that nobody can foresee; the rest is letters, spaces and some bytes above 127.
 */
#include <malloc.h>
#include <perfbench.h>
#include <stdlib.h>

#include "html_escape.h"

enum { INPUTS = 64 };

static const char *make_input(struct bench *b, size_t n)
{
    static const char special[] = "&<>\"'";
    char *text = malloc(n + 1);
    for (size_t i = 0; i < n; i++) {
        if (bench_random_below(b, 200) == 0)
            text[i] = special[bench_random_below(b, sizeof special - 1)];
        else if (bench_random_below(b, 8) == 0)
            text[i] = bench_random_below(b, 4) ? ' ' : (char)0xe9;
        else
            text[i] = (char)('a' + bench_random_below(b, 26));
    }
    text[n] = '\0';
    const char *copy = bench_input(b, text, n + 1);
    free(text);
    return copy;
}

BENCH_SIZES(html_escape, 200, 16000)
{
    const char *in[INPUTS];
    for (int k = 0; k < INPUTS; k++)
        in[k] = make_input(b, bench_size(b));
    bench_set_bytes(b, bench_size(b)); /* shows MB/s next to ns/op */

    while (bench_loop(b)) {
        size_t len = 0;
        char *html = html_escape(in[bench_i(b) % INPUTS], &len);
        bench_keep(html);
        bench_digest(b, &len, sizeof len);
        bench_digest(b, html, len + 1);
        /* How much memory the answer keeps for each byte of it. */
        bench_report_metric(b, "cap/len",
                            (double)malloc_usable_size(html) / (double)(len + 1));
        free(html);
    }
}
