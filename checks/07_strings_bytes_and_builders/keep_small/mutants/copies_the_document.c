/* Copies, but the whole document for the sake of a name. */
#include "keep_small.h"

#include <string.h>

bool session_open(session *s, doc *d)
{
    *s = (session){0};
    if (d->user_len == 0)
        return false;
    doc *copy = malloc(sizeof *copy + d->len);
    if (!copy)
        return false;
    memcpy(copy, d, sizeof *d + d->len);
    copy->refs = 1;
    s->name = copy->text + (d->user - d->text);
    s->name_len = d->user_len;
    s->doc = copy;
    return true;
}

void session_close(session *s)
{
    if (s->doc)
        doc_put(s->doc);
    *s = (session){0};
}
