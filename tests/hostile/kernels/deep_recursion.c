/* expect: 5 stack-overflow\|stack overflow */
#include "join_names.h"

#include <stdlib.h>
#include <string.h>
static size_t deeper(volatile char *p, size_t n)
{
    volatile char room[256];
    room[0] = p ? p[0] : 0;
    return n == 0 ? 0 : deeper(room, n + 1) + (size_t)room[0];
}

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    deeper(NULL, n + 1);
    size_t len = 0, k = strlen(sep);
    for (size_t i = 0; i < n; i++)
        len += strlen(items[i]) + k;
    char *text = malloc(len + 1), *end = text;
    if (!text)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            end = (char *)memcpy(end, sep, k) + k;
        size_t m = strlen(items[i]);
        end = (char *)memcpy(end, items[i], m) + m;
    }
    *end = 0;
    return text;
}
