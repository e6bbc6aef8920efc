/*
 * Sessions that remember who logged in, and the documents that told them.
 */
#ifndef KEEP_SMALL_H
#define KEEP_SMALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

/*
 * A request as it came from the network, with the name of its user as a view into it:
 * `user_len` bytes at `user`, without a NUL.  `user_len` is 0 when it names nobody.
 *
 * A document is shared: `refs` counts who holds it, and it is there for as long as somebody
 * does.  Whoever holds the only reference may overwrite it with the next request.
 */
typedef struct doc {
    unsigned refs;
    const char *user;
    size_t user_len;
    size_t len;
    char text[];
} doc;

/* Hold `d`, too. */
static inline doc *doc_get(doc *d)
{
    d->refs++;
    return d;
}

/* Hold `d` no longer; the last one frees it. */
static inline void doc_put(doc *d)
{
    if (--d->refs == 0)
        free(d);
}

/*
 * Somebody who is logged in: `name_len` bytes at `name`, without a NUL.  The other members
 * are for you: a document that the session holds (or NULL), and room for a small name.
 * A session is not moved while it is open, so that `name` may point into it.
 */
typedef struct session {
    const char *name;
    size_t name_len;
    doc *doc;
    char small[24];
} session;

/*
 * Open a session for the user that `d` names.  `name` can be read until the session is
 * closed, whatever happens to the document after the call.  The caller has a reference to
 * `d` and keeps it; the document is not changed.  What stood in `*s` before does not matter.
 *
 * Gives false when the document names nobody, or when the memory cannot be had; then `*s`
 * is (session){0} and holds nothing.
 */
bool session_open(session *s, doc *d);

/*
 * Give back all that the session holds.  `*s` is (session){0} afterwards, and to close it
 * once more does nothing.
 */
void session_close(session *s);

#endif
