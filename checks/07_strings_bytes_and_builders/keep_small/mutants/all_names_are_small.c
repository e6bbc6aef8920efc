/* Copies every name into the small field, however long it is. */
#include "keep_small.h"

#include <string.h>

bool session_open(session *s, doc *d)
{
    *s = (session){0};
    if (d->user_len == 0)
        return false;
    s->name = memcpy(s->small, d->user, d->user_len);
    s->name_len = d->user_len;
    return true;
}

void session_close(session *s)
{
    *s = (session){0};
}
