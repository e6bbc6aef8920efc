/* strndup() stops at a NUL, which is a byte like any other here. */
#define _GNU_SOURCE

#include "keep_small.h"

#include <string.h>

bool session_open(session *s, doc *d)
{
    *s = (session){0};
    if (d->user_len == 0)
        return false;
    s->name = strndup(d->user, d->user_len);
    if (!s->name)
        return false;
    s->name_len = strlen(s->name);
    return true;
}

void session_close(session *s)
{
    free((char *)s->name);
    *s = (session){0};
}
