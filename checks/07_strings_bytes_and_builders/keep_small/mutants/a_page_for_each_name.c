/* Rounds the room for each name up to a page. */
#include "keep_small.h"

#include <string.h>

bool session_open(session *s, doc *d)
{
    *s = (session){0};
    if (d->user_len == 0)
        return false;
    char *name = d->user_len <= 8 ? s->small : malloc((d->user_len + 4095) / 4096 * 4096);
    if (!name)
        return false;
    s->name = memcpy(name, d->user, d->user_len);
    s->name_len = d->user_len;
    return true;
}

void session_close(session *s)
{
    if (s->name != s->small)
        free((char *)s->name);
    *s = (session){0};
}
