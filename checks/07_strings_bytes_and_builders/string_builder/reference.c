#include "string_builder.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Growing by half of what there is copies each byte twice on average, however long the text
 * becomes, and wastes at most a third of the block. */
static int grow(sbuf *sb, size_t need)
{
    size_t cap = sb->cap;
    while (cap < need) {
        if (cap > SIZE_MAX / 2) {
            cap = need;
            break;
        }
        cap += cap / 2 + 16;
    }
    char *data = realloc(sb->data, cap);
    if (!data)
        return -1;
    sb->data = data;
    sb->cap = cap;
    return 0;
}

int sb_reserve(sbuf *sb, size_t n)
{
    if (n <= sb->cap - sb->len)
        return 0;
    if (n > SIZE_MAX - sb->len) {
        errno = ENOMEM;
        return -1;
    }
    return grow(sb, sb->len + n);
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
