/* Halves the time of the stall, and it is still there. */
#include "ageing.h"

#include <stdlib.h>
#include <string.h>

struct ageing {
    uint64_t adds;
    uint32_t counts[AGEING_SLOTS];
};

struct ageing *ageing_create(void)
{
    return calloc(1, sizeof(struct ageing));
}

void ageing_free(struct ageing *a)
{
    free(a);
}

void ageing_reset(struct ageing *a)
{
    memset(a, 0, sizeof *a);
}

uint32_t ageing_add(struct ageing *a, size_t slot, uint32_t n)
{
    uint32_t value = a->counts[slot % AGEING_SLOTS] += n;
    if (++a->adds % AGEING_EVERY == 0) {
        uint64_t *pairs = (uint64_t *)a->counts; /* two counters at once */
        for (size_t k = 0; k < AGEING_SLOTS / 2; k++)
            pairs[k] = pairs[k] >> 1 & 0x7fffffff7fffffff;
    }
    return value;
}
