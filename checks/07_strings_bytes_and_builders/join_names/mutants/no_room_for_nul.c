/* Too small by one byte: the NUL lands behind the block. */
#define _GNU_SOURCE

#include "join_names.h"

#include <stdlib.h>
#include <string.h>

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    size_t need = 0;
    for (size_t i = 0; i < n; i++)
        need += strlen(items[i]) + (i > 0 ? strlen(sep) : 0);
    char *text = malloc(need), *end = text;
    if (!text)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            end = stpcpy(end, sep);
        end = stpcpy(end, items[i]);
    }
    *end = '\0';
    return text;
}
