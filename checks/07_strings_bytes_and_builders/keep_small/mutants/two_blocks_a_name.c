/* A block for the name and another one that says where it is. */
#include "keep_small.h"

#include <string.h>

struct kept {
    char *bytes;
};

bool session_open(session *s, doc *d)
{
    *s = (session){0};
    if (d->user_len == 0)
        return false;
    struct kept *kept = malloc(sizeof *kept);
    if (!kept)
        return false;
    kept->bytes = malloc(d->user_len);
    if (!kept->bytes) {
        free(kept);
        return false;
    }
    s->name = memcpy(kept->bytes, d->user, d->user_len);
    s->name_len = d->user_len;
    memcpy(s->small, &kept, sizeof kept);
    return true;
}

void session_close(session *s)
{
    struct kept *kept;
    memcpy(&kept, s->small, sizeof kept);
    if (kept)
        free(kept->bytes);
    free(kept);
    *s = (session){0};
}
