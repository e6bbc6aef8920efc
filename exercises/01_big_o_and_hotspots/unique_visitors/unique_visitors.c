#include "unique_visitors.h"

#include <stdbool.h>

/* Has the badge number `i` been seen before? */
static bool seen_before(const uint64_t *badges, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (badges[k] == badges[i])
            return true;
    return false;
}

size_t count_unique(const uint64_t *badges, size_t n)
{
    size_t unique = 0;
    for (size_t i = 0; i < n; i++)
        if (!seen_before(badges, i))
            unique++;
    return unique;
}
