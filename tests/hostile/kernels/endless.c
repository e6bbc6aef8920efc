/* tests: 5 time limit */
#include "join_names.h"

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    (void)items, (void)n, (void)sep;
    for (;;)
        __asm__ volatile("");
}
