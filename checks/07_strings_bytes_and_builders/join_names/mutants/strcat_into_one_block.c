/* One allocation, but strcat() still walks over everything that was written. */
#include "join_names.h"

#include <stdlib.h>
#include <string.h>

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    size_t need = 1;
    for (size_t i = 0; i < n; i++)
        need += strlen(items[i]) + strlen(sep);
    char *text = malloc(need);
    if (!text)
        return NULL;
    *text = '\0';
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            strcat(text, sep);
        strcat(text, items[i]);
    }
    return text;
}
