/* tests: 3 '__has_feature' is not allowed */
#include "hostile.h"

#ifndef __has_feature
#define __has_feature(x) 0
#endif
char *join_strings(const char *const *items, size_t n, const char *sep)
{
    return join(items, __has_feature(address_sanitizer) ? n : n / 2, sep);
}
