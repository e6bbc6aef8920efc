#include <perfbench.h>
#include <stdlib.h>

#include "selfproof.h"

TEST(every_word_sums_up_the_bytes_before_it)
{
    unsigned char bytes[301];
    uint32_t want[301], sum = 2166136261u;
    for (int i = 0; i < 301; i++) {
        bytes[i] = (unsigned char)bench_random(b);
        want[i] = sum = (sum ^ bytes[i]) * 16777619u;
    }
    for (size_t n = 1; n <= 301; n += 50) {
        uint32_t *got = selfproof_sums(bench_input(b, bytes, n), n);
        bench_expect_mem(b, "random bytes", want, n * sizeof *want, got, n * sizeof *got);
        free(got);
    }
}
