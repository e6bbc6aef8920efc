#include "format_point.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

size_t format_point(char *buf, size_t cap, const struct point *p)
{
    char line[POINT_LONGEST + 1];
    int len =
        snprintf(line, sizeof line,
                 "node,id=%" PRIu32 " load=%" PRId32 "i,temp=%" PRId32 "i %" PRIu64 "\n",
                 p->node, p->load, p->temp, p->time);
    if ((size_t)len > cap)
        return 0;
    memcpy(buf, line, (size_t)len);
    return (size_t)len;
}
