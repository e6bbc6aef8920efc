#include <perfbench.h>
#include <stdlib.h>

#include "selfproof.h"

enum { INPUTS = 16, BYTES = 2001 };

BENCH(selfproof)
{
    const unsigned char *in[INPUTS];
    for (int k = 0; k < INPUTS; k++) {
        unsigned char bytes[BYTES];
        for (int i = 0; i < BYTES; i++)
            bytes[i] = (unsigned char)bench_random(b);
        in[k] = bench_input(b, bytes, sizeof bytes);
    }

    while (bench_loop(b)) {
        uint32_t *sums = selfproof_sums(in[bench_i(b) % INPUTS], BYTES);
        bench_keep(sums);
        bench_digest(b, sums, BYTES * sizeof *sums);
        free(sums);
    }
}
