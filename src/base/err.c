#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Room for a message with the longest path in it, and how much of the beginning of one that
 * is too long is kept. */
enum { FULL = 8192, HEAD = 120 };

/* Of a character in UTF-8, behind its first byte. */
static bool is_inside(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Keep long messages readable.  They are cut in the middle, which is that of a path: what
 * went wrong is at the beginning, and why at the end. */
static void store(struct pc_err *err, const char *full)
{
    static const char gap[] = "...";
    size_t n = strlen(full), room = sizeof err->msg - 1;
    if (n <= room) {
        memcpy(err->msg, full, n + 1);
        return;
    }
    size_t head = HEAD, tail = room - HEAD - (sizeof gap - 1);
    while (head > 0 && is_inside(full[head]))
        head--;
    while (tail > 0 && is_inside(full[n - tail]))
        tail--;
    memcpy(err->msg, full, head);
    memcpy(err->msg + head, gap, sizeof gap - 1);
    memcpy(err->msg + head + sizeof gap - 1, full + n - tail, tail + 1);
}

/* What a person can do about an error that has to do with limits, "" for others. */
static const char *remedy(int error)
{
    switch (error) {
    case EMFILE:
        return " (`ulimit -n` allows more)";
    case EAGAIN:
        return " (too many processes: end some, or allow more with `ulimit -u`)";
    case EFBIG:
        return " (`ulimit -f` allows larger files)";
    case ENOSPC:
        return " (free some space; `df -h` and `df -i` tell of what there is too little)";
    default:
        return "";
    }
}

bool pc_fail(struct pc_err *err, enum pc_code code, const char *fmt, ...)
{
    if (!err)
        return false;
    char full[FULL];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(full, sizeof full, fmt, ap);
    va_end(ap);
    store(err, full);
    err->code = code;
    return false;
}

bool pc_fail_errno(struct pc_err *err, const char *fmt, ...)
{
    int saved = errno;
    if (!err)
        return false;
    char full[FULL];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(full, sizeof full / 2, fmt, ap);
    va_end(ap);
    size_t n = strlen(full);
    snprintf(full + n, sizeof full - n, ": %s%s", strerror(saved), remedy(saved));
    store(err, full);
    err->code = PC_ENVIRONMENT;
    errno = saved;
    return false;
}

bool pc_while(struct pc_err *err, const char *fmt, ...)
{
    if (!err)
        return false;
    char full[FULL];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(full, sizeof full / 2, fmt, ap);
    va_end(ap);
    size_t n = strlen(full);
    snprintf(full + n, sizeof full - n, ": %s", err->msg);
    store(err, full);
    return false;
}
