/* Four small formats instead of one: still an interpreter, called four times. */
#include "format_point.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

size_t format_point(char *buf, size_t cap, const struct point *p)
{
    char line[POINT_LONGEST + 1], *at = line;
    at += sprintf(at, "node,id=%" PRIu32, p->node);
    at += sprintf(at, " load=%" PRId32, p->load);
    at += sprintf(at, "i,temp=%" PRId32, p->temp);
    at += sprintf(at, "i %" PRIu64 "\n", p->time);
    size_t len = (size_t)(at - line);
    if (len > cap)
        return 0;
    memcpy(buf, line, len);
    return len;
}
