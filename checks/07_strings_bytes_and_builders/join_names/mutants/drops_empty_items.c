/* No separator next to an empty item: looks tidy, and is another contract. */
#define _GNU_SOURCE

#include "join_names.h"

#include <stdlib.h>
#include <string.h>

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    size_t need = 1;
    for (size_t i = 0; i < n; i++)
        need += strlen(items[i]) + strlen(sep);
    char *text = malloc(need), *end = text;
    if (!text)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (items[i][0] == '\0')
            continue;
        if (end > text)
            end = stpcpy(end, sep);
        end = stpcpy(end, items[i]);
    }
    *end = '\0';
    return text;
}
