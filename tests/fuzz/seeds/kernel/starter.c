#include "join_names.h"

#include <stdlib.h>
#include <string.h>

/* Give back `text` with `more` at its end; free it when that fails. */
static char *append(char *text, const char *more)
{
    char *longer = realloc(text, strlen(text) + strlen(more) + 1);
    if (!longer) {
        free(text);
        return NULL;
    }
    return strcat(longer, more);
}

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    char *text = calloc(1, 1);
    for (size_t i = 0; text && i < n; i++) {
        if (i > 0)
            text = append(text, sep);
        if (text)
            text = append(text, items[i]);
    }
    return text;
}
