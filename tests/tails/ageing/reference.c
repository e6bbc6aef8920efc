#include "ageing.h"

#include <stdlib.h>
#include <string.h>

/* A counter is halved when it is looked at, for all the times that it was not. */
struct ageing {
    uint32_t adds, age;
    struct {
        uint32_t count, age;
    } slots[AGEING_SLOTS];
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
    slot %= AGEING_SLOTS;
    uint32_t missed = a->age - a->slots[slot].age;
    uint32_t value = (missed < 32 ? a->slots[slot].count >> missed : 0) + n;
    a->slots[slot].count = value;
    a->slots[slot].age = a->age;
    if (++a->adds % AGEING_EVERY == 0)
        a->age++;
    return value;
}
