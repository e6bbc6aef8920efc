#include "selfproof.h"

#include <stdlib.h>

/* A block that no compiler can prove to be unused. */
static void *block(size_t n)
{
    void *p = malloc(n);
    __asm__ volatile("" : "+r"(p) : : "memory");
    return p;
}

uint32_t *selfproof_sums(const unsigned char *bytes, size_t n)
{
    uint32_t *sums = malloc(n * sizeof *sums), sum = 2166136261u;
    if (!sums)
        return NULL;
    free(block(n));
    free(block(2 * n));
    for (size_t i = 0; i < n; i++) {
        sum = (sum ^ bytes[i]) * 16777619u;
        sums[i] = sum;
    }
    return sums;
}
