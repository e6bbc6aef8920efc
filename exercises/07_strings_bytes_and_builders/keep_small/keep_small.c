#include "keep_small.h"

bool session_open(session *s, doc *d)
{
    *s = (session){0};
    if (d->user_len == 0)
        return false;
    s->name = d->user;
    s->name_len = d->user_len;
    s->doc = doc_get(d);
    return true;
}

void session_close(session *s)
{
    if (s->doc)
        doc_put(s->doc);
    *s = (session){0};
}
