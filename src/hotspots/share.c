#include "hotspots/share.h"

#include <math.h>

#include "stats/wilson.h"

struct pc_share pc_share_of(int64_t value, const struct pc_whole *whole)
{
    double part = whole->total > 0 ? (double)value / (double)whole->total : 0;
    struct pc_share share = {.value = value,
                             .part = part,
                             .low = part,
                             .high = part,
                             .is_estimate = whole->certainty == PC_SHARES_ESTIMATED};
    if (whole->certainty == PC_SHARES_SAMPLED) {
        struct pc_interval in =
            pc_wilson(part * whole->taken, whole->taken, PC_SHARE_LEVEL);
        share.low = in.low;
        share.high = in.high;
    }
    return share;
}

struct pc_difference pc_share_difference(const struct pc_share *before,
                                         const struct pc_share *after)
{
    double part = after->part - before->part;
    if (before->is_estimate || after->is_estimate)
        return (struct pc_difference){.part = part, .low = -1, .high = 1};
    struct pc_difference difference = {
        .part = part,
        .low = part - hypot(after->part - after->low, before->high - before->part),
        .high = part + hypot(after->high - after->part, before->part - before->low)};
    difference.sign = (difference.low > 0) - (difference.high < 0);
    return difference;
}
