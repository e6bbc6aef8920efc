/* The worked example of docs/perfbench.md. */
#include <perfbench.h>
#include <stdlib.h>

#include "repeat.h"

BENCH_SIZES(repeat, 10, 1000)
{
    /* Inputs rotate, or the processor learns the only one by heart. */
    enum { POOL = 16 };
    const char *words[POOL];
    for (size_t k = 0; k < POOL; k++) {
        char word[8] = "";
        memset(word, 'a' + (int)k, 1 + bench_random_below(b, sizeof word - 1));
        words[k] = (const char *)bench_input(b, word, strlen(word) + 1);
    }
    while (bench_loop(b)) {
        char *all = repeat(words[bench_i(b) % POOL], bench_size(b));
        bench_keep(all);
        bench_digest(b, all, strlen(all));
        free(all);
    }
}

TEST(repeating_nothing_gives_nothing)
{
    char *all = repeat("", 5);
    bench_expect_str(b, "\"\", 5 times", "", all);
    free(all);
}

TEST(a_repetition_is_as_long_as_its_parts)
{
    for (int k = 0; k < 100; k++) {
        size_t times = (size_t)bench_random_below(b, 50);
        char *all = repeat("abc", times);
        bool held = bench_expect_int(b, "\"abc\"", 3 * times, strlen(all));
        free(all);
        if (!held)
            return;
    }
}
