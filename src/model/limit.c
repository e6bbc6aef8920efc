#include <math.h>
#include <stdio.h>

#include "model/metric.h"

const char *pc_limit_text(const struct pc_limit *limit, char buf[PC_LIMIT_TEXT])
{
    char min[PC_UNITS_MAX], max[PC_UNITS_MAX];
    pc_format_metric(limit->min, limit->metric, min);
    pc_format_metric(limit->max, limit->metric, max);
    if (!isfinite(limit->min))
        snprintf(buf, PC_LIMIT_TEXT, "at most %s", max);
    else if (!isfinite(limit->max))
        snprintf(buf, PC_LIMIT_TEXT, "at least %s", min);
    else if (limit->min == limit->max)
        snprintf(buf, PC_LIMIT_TEXT, "exactly %s", max);
    else
        snprintf(buf, PC_LIMIT_TEXT, "%s to %s", min, max);
    return buf;
}
