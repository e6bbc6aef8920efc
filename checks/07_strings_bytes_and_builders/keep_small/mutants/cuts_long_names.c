/* Keeps the first 24 bytes: long names become the same name. */
#include "keep_small.h"

#include <string.h>

bool session_open(session *s, doc *d)
{
    *s = (session){0};
    if (d->user_len == 0)
        return false;
    s->name_len = d->user_len < sizeof s->small ? d->user_len : sizeof s->small;
    s->name = memcpy(s->small, d->user, s->name_len);
    return true;
}

void session_close(session *s)
{
    *s = (session){0};
}
