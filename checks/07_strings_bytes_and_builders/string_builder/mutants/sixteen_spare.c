/* Sixteen spare bytes: half of the moves is gone, and half is still far too many. */
#include "string_builder.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int sb_reserve(sbuf *sb, size_t n)
{
    if (n <= sb->cap - sb->len)
        return 0;
    if (n > SIZE_MAX - sb->len) {
        errno = ENOMEM;
        return -1;
    }
    size_t need = sb->len + n, cap = need > SIZE_MAX - 16 ? need : need + 16;
    char *data = realloc(sb->data, cap);
    if (!data)
        return -1;
    sb->data = data;
    sb->cap = cap;
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
