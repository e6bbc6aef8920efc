/* Wants one byte more than the line has, for a NUL that nobody asked for. */
#include "format_point.h"

#include <string.h>

static const char pairs[] = "00010203040506070809"
                            "10111213141516171819"
                            "20212223242526272829"
                            "30313233343536373839"
                            "40414243444546474849"
                            "50515253545556575859"
                            "60616263646566676869"
                            "70717273747576777879"
                            "80818283848586878889"
                            "90919293949596979899";

static char *put_digits(char *at, uint64_t v)
{
    for (; v >= 100; v /= 100)
        at = memcpy(at - 2, pairs + v % 100 * 2, 2);
    if (v >= 10)
        return memcpy(at - 2, pairs + v * 2, 2);
    *--at = (char)('0' + v);
    return at;
}

static char *put_signed(char *at, int32_t v)
{
    at = put_digits(at, v < 0 ? 0 - (uint32_t)v : (uint32_t)v);
    if (v < 0)
        *--at = '-';
    return at;
}

static inline char *put_text(char *at, const char *text)
{
    size_t n = strlen(text);
    return memcpy(at - n, text, n);
}

size_t format_point(char *buf, size_t cap, const struct point *p)
{
    char line[POINT_LONGEST], *end = line + sizeof line;
    char *at = put_text(end, "\n");
    at = put_digits(at, p->time);
    at = put_text(at, "i ");
    at = put_signed(at, p->temp);
    at = put_text(at, "i,temp=");
    at = put_signed(at, p->load);
    at = put_text(at, " load=");
    at = put_digits(at, p->node);
    at = put_text(at, "node,id=");

    size_t len = (size_t)(end - at);
    if (len >= cap)
        return 0;
    memcpy(buf, at, len);
    return len;
}
