/* tests: 3 '__SANITIZE_ADDRESS__' is not allowed */
#include "hostile.h"

char *join_strings(const char *const *items, size_t n, const char *sep)
{
#ifdef __SANITIZE_ADDRESS__
    return join(items, n, sep);
#else
    return join(items, n / 2, sep);
#endif
}
