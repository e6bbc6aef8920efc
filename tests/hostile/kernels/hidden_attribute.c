/* tests: 3 'y' is not allowed */
#include "hostile.h"

#define WITH(y) __attribute__((y("O3")))
WITH(optimize)
char *join_strings(const char *const *items, size_t n, const char *sep)
{
    return join(items, n, sep);
}
