#include "keep_small.h"

#include <string.h>

/* The name is copied, because it stays and the document does not: into the session when it
 * is small, else into a block of just its size.  No document is ever held. */
bool session_open(session *s, doc *d)
{
    *s = (session){0};
    if (d->user_len == 0)
        return false;
    char *name = d->user_len <= sizeof s->small ? s->small : malloc(d->user_len);
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
