/* Forgets the text when there is no memory for more. */
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
    sb->data = realloc(sb->data, cap);
    if (!sb->data) {
        sb->len = sb->cap = 0;
        return -1;
    }
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
