/* tests: 4 wrong result */
#include "hostile.h"

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    (void)items, (void)n, (void)sep;
    return strdup("Ada&Bob");
}
