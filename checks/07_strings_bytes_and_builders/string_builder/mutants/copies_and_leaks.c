/* Moves by hand and forgets the old block. */
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
    size_t need = sb->len + n, cap = sb->cap + sb->cap / 2 + 16;
    if (cap < need)
        cap = need;
    char *data = malloc(cap);
    if (!data)
        return -1;
    if (sb->len > 0)
        memcpy(data, sb->data, sb->len);
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
