/* tests: 3 '##' is not allowed */
#include "hostile.h"

#define PASTE(a, b) a##b
__attribute__((PASTE(opti, mize)("O3"))) char *join_strings(const char *const *items,
                                                            size_t n, const char *sep)
{
    return join(items, n, sep);
}
