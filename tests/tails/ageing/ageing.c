#include "ageing.h"

#include <stdlib.h>
#include <string.h>

struct ageing {
    uint32_t adds;
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
    if (++a->adds % AGEING_EVERY == 0)
        for (size_t k = 0; k < AGEING_SLOTS; k++)
            a->counts[k] /= 2;
    return value;
}
