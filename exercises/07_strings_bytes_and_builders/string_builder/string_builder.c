#include "string_builder.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int sb_reserve(sbuf *sb, size_t n)
{
    if (n > SIZE_MAX - sb->len) {
        errno = ENOMEM;
        return -1;
    }
    size_t need = sb->len + n;
    if (need <= sb->cap)
        return 0;

    char *data = realloc(sb->data, need);
    if (!data)
        return -1;
    sb->data = data;
    sb->cap = need;
    return 0;
}

int sb_append(sbuf *sb, const char *text, size_t n)
{
    if (n == 0)
        return 0;
    if (sb_reserve(sb, n) != 0)
        return -1;
    memcpy(sb->data + sb->len, text, n);
    sb->len += n;
    return 0;
}
