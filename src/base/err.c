#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Keep long messages readable: what does not fit ends in "...", behind a whole character. */
static void mark_cut(char *msg, size_t size, int wanted)
{
    if (wanted < (int)size)
        return;
    size_t at = size - 4;
    while (at > 0 && ((unsigned char)msg[at] & 0xc0) == 0x80)
        at--;
    memcpy(msg + at, "...", 4);
}

bool pc_fail(struct pc_err *err, enum pc_code code, const char *fmt, ...)
{
    if (!err)
        return false;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(err->msg, sizeof err->msg, fmt, ap);
    va_end(ap);
    mark_cut(err->msg, sizeof err->msg, n);
    err->code = code;
    return false;
}

bool pc_fail_errno(struct pc_err *err, const char *fmt, ...)
{
    int saved = errno;
    if (!err)
        return false;
    char what[sizeof err->msg];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    int n = snprintf(err->msg, sizeof err->msg, "%s: %s", what, strerror(saved));
    mark_cut(err->msg, sizeof err->msg, n);
    err->code = PC_ENVIRONMENT;
    errno = saved;
    return false;
}

bool pc_while(struct pc_err *err, const char *fmt, ...)
{
    if (!err)
        return false;
    char where[sizeof err->msg], old[sizeof err->msg];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(where, sizeof where, fmt, ap);
    va_end(ap);
    memcpy(old, err->msg, sizeof old);
    int n = snprintf(err->msg, sizeof err->msg, "%s: %s", where, old);
    mark_cut(err->msg, sizeof err->msg, n);
    return false;
}
