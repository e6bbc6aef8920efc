#include <perfbench.h>
#include <pthread.h>

#include "tally.h"

enum { THREADS = 4, ADDS = 500 };

struct adder {
    struct tally *tally;
    size_t index;
    pthread_t id;
};

static void *add(void *arg)
{
    struct adder *a = arg;
    for (uint64_t k = 1; k <= ADDS; k++)
        tally_add(a->tally, a->index, k);
    return NULL;
}

TEST(nothing_adds_up_to_nothing)
{
    struct tally *t = tally_create();
    bench_expect_int(b, "no adds", 0, tally_total(t));
    tally_free(t);
}

TEST(threads_lose_nothing)
{
    struct tally *t = tally_create();
    struct adder adders[THREADS];
    for (size_t k = 0; k < THREADS; k++) {
        adders[k] = (struct adder){.tally = t, .index = k};
        if (!bench_expect(b, pthread_create(&adders[k].id, NULL, add, &adders[k]) == 0,
                          "a thread could not be started"))
            return;
    }
    for (size_t k = 0; k < THREADS; k++)
        pthread_join(adders[k].id, NULL);
    bench_expect_int(b, "4 threads, 1 to 500", THREADS * (ADDS * (ADDS + 1) / 2),
                     tally_total(t));
    tally_free(t);
}
