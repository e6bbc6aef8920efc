/* Halfway: the end is remembered, but every item still moves the text to a new block. */
#include "join_names.h"

#include <stdlib.h>
#include <string.h>

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    size_t sep_len = strlen(sep), len = 0;
    char *text = calloc(1, 1);
    for (size_t i = 0; text && i < n; i++) {
        size_t gap = i > 0 ? sep_len : 0, item_len = strlen(items[i]);
        char *longer = realloc(text, len + gap + item_len + 1);
        if (!longer)
            free(text);
        text = longer;
        if (!text)
            break;
        memcpy(text + len, sep, gap);
        memcpy(text + len + gap, items[i], item_len + 1);
        len += gap + item_len;
    }
    return text;
}
