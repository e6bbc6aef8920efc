#include <perfbench.h>

#include "ageing.h"

enum { POOL = 1024 };

static void draw(struct bench *b, void *arg, size_t k)
{
    ((uint32_t *)arg)[k] = (uint32_t)bench_random(b);
}

/* One operation's value depends on those before it; told is that of one that begins anew. */
static void add_all(struct bench *b)
{
    static uint32_t slots[POOL];
    struct ageing *a = ageing_create();
    bench_pool(b, POOL, draw, slots);
    while (bench_loop(b)) {
        if (b->digesting)
            ageing_reset(a);
        uint32_t value = ageing_add(a, slots[bench_i(b) % POOL], 1000);
        bench_keep(value);
        bench_digest(b, &value, sizeof value);
    }
    ageing_free(a);
}

BENCH(one_after_another)
{
    add_all(b);
}

BENCH(as_users_come)
{
    bench_pace(b, 100000);
    add_all(b);
}
