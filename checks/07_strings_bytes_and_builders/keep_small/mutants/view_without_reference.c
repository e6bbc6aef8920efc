/* Keeps the view and holds nothing: the name dies with the document. */
#include "keep_small.h"

bool session_open(session *s, doc *d)
{
    *s = (session){0};
    if (d->user_len == 0)
        return false;
    s->name = d->user;
    s->name_len = d->user_len;
    return true;
}

void session_close(session *s)
{
    *s = (session){0};
}
