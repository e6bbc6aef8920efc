/*
 * The limit on growth in limits.lua: growth = {max = 1.3, from = 250, to = 4000}.
 */
#ifndef PC_SCRIPT_GROWTH_H
#define PC_SCRIPT_GROWTH_H

#include "model/metric.h"
#include "script/shape.h"
#include "script/value.h"

/* Read the table `v`, NULL when there is none.  The sizes are `at`, a list, or five from
 * `from` to `to`, or five that end at the size of the speed-up.  `speed` was read before. */
bool pc_growth_read(const struct pc_document *doc, const struct pc_value *v,
                    const struct pc_speed_limit *speed, struct pc_growth_limit *growth);

#endif
