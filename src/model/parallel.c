#include "model/metric.h"

void pc_speed_limit_here(struct pc_speed_limit *limit, unsigned allowed)
{
    if (limit->cpus == 0)
        return;
    limit->allowed = allowed;
    limit->threads = allowed < limit->cpus ? allowed : limit->cpus;
    if (allowed < limit->least)
        limit->threads = 0;
    unsigned factor = limit->per_cpu && limit->threads > 0 ? limit->threads : 1;
    limit->min *= factor;
    limit->silver *= factor;
    limit->gold *= factor;
}
