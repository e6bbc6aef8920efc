#include "selfproof.h"

#include <stdlib.h>

static void fill(uint32_t *sums, const unsigned char *bytes, size_t n)
{
    uint32_t sum = 2166136261u;
    for (size_t i = 0; i < n; i++) {
        sum = (sum ^ bytes[i]) * 16777619u;
        sums[i] = sum;
    }
    /* Whoever reads the memory may be anybody: the words must really be there. */
    __asm__ volatile("" : : "r"(sums) : "memory");
}

uint32_t *selfproof_sums(const unsigned char *bytes, size_t n)
{
    uint32_t *sums = malloc(n * sizeof *sums);
    if (!sums)
        return NULL;
    fill(sums, bytes, n);
    fill(sums, bytes, n);
    return sums;
}
