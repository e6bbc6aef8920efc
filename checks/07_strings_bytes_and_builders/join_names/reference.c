#include "join_names.h"

#define _GNU_SOURCE

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Two walks: the first adds up the lengths, the second copies to an end that is known. */
char *join_strings(const char *const *items, size_t n, const char *sep)
{
    size_t sep_len = strlen(sep), need = 1;
    for (size_t i = 0; i < n; i++) {
        size_t more = strlen(items[i]) + (i > 0 ? sep_len : 0);
        if (more > SIZE_MAX - need) {
            errno = ENOMEM;
            return NULL;
        }
        need += more;
    }

    char *text = malloc(need);
    if (!text)
        return NULL;
    char *end = text;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            end = mempcpy(end, sep, sep_len);
        end = stpcpy(end, items[i]);
    }
    *end = '\0';
    return text;
}
