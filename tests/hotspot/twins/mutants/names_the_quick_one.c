#include "twins.h"

const char twins_hotspot[] = "quick";

/* Both at once: neither waits for the other. */
uint64_t twins(const uint64_t *items, size_t n)
{
    uint64_t castor = 1, pollux = 2;
    for (size_t i = 0; i < n; i++) {
        castor = (castor ^ items[i]) * 0x9e3779b97f4a7c15u;
        pollux = (pollux ^ items[i]) * 0x9e3779b97f4a7c15u;
    }
    return castor ^ pollux ^ (n > 0 ? items[0] : 0);
}
