#include "twins.h"

const char twins_hotspot[] = "";

/* Each step waits for the one before, so that both twins take their time. */
static uint64_t castor(const uint64_t *items, size_t n)
{
    uint64_t sum = 1;
    for (size_t i = 0; i < n; i++)
        sum = (sum ^ items[i]) * 0x9e3779b97f4a7c15u;
    return sum;
}

static uint64_t pollux(const uint64_t *items, size_t n)
{
    uint64_t sum = 2;
    for (size_t i = 0; i < n; i++)
        sum = (sum ^ items[i]) * 0x9e3779b97f4a7c15u;
    return sum;
}

static uint64_t quick(const uint64_t *items, size_t n)
{
    return n > 0 ? items[0] : 0;
}

uint64_t twins(const uint64_t *items, size_t n)
{
    return castor(items, n) ^ pollux(items, n) ^ quick(items, n);
}
