#include "runner/latencies.h"

#include <stdio.h>

bool pc_latencies_read(const struct pc_line *line, const char *side, int64_t took_ns,
                       struct pc_latencies *l)
{
    char key[64];
    snprintf(key, sizeof key, "%s-ops", side);
    if (!pc_line_u64(line, key, &l->ops))
        return false;
    double before = 0;
    for (size_t i = 0; i < PC_QUANTILES; i++) {
        snprintf(key, sizeof key, "%s-%s", side, pc_quantiles[i].name);
        if (!pc_line_double(line, key, &l->quantiles[i]) || l->quantiles[i] < before)
            return false;
        before = l->quantiles[i];
    }
    snprintf(key, sizeof key, "%s-max", side);
    return pc_line_double(line, key, &l->max) && l->max >= before &&
           l->max <= (double)took_ns;
}
