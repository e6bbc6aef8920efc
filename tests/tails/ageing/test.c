#include <perfbench.h>

#include "ageing.h"

/* Every counter by itself, halved when its time has come. */
TEST(counters_are_halved_together)
{
    static uint32_t counts[AGEING_SLOTS];
    memset(counts, 0, sizeof counts);
    struct ageing *a = ageing_create();
    bool held = true;
    for (int k = 1; k <= 3000 && held; k++) {
        size_t slot = (size_t)bench_random_below(b, 40);
        uint32_t n = (uint32_t)bench_random_below(b, 1000);
        counts[slot] += n;
        held = bench_expect_int(b, "an add", counts[slot], ageing_add(a, slot, n));
        for (size_t i = 0; k % AGEING_EVERY == 0 && i < AGEING_SLOTS; i++)
            counts[i] /= 2;
    }
    ageing_free(a);
}

TEST(reset_is_as_new)
{
    struct ageing *a = ageing_create();
    for (int k = 0; k < 77; k++)
        ageing_add(a, 3, 1000);
    ageing_reset(a);
    bench_expect_int(b, "5", 5, ageing_add(a, 3, 5));
    ageing_free(a);
}
