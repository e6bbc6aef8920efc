/* Copies the name, and holds the document as well. */
#include "keep_small.h"

#include <string.h>

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
    s->doc = doc_get(d);
    return true;
}

void session_close(session *s)
{
    if (s->name != s->small)
        free((char *)s->name);
    if (s->doc)
        doc_put(s->doc);
    *s = (session){0};
}
