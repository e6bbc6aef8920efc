/*
 * Limits on latencies in limits.lua: tail = {p99 = {max_ratio = 0.5}, at = 1000}.
 */
#ifndef PC_SCRIPT_TAIL_H
#define PC_SCRIPT_TAIL_H

#include "model/metric.h"
#include "script/shape.h"
#include "script/value.h"

/* Read the table `v`, NULL when there is none.  Size and bench are those of the speed-up,
 * read before, when the table has none. */
bool pc_tail_read(const struct pc_document *doc, const struct pc_value *v,
                  const struct pc_speed_limit *speed, struct pc_tail_limit *tail);

/* Refuse a limit on a latency of this machine: "p99-ns". */
bool pc_tail_check_metric(const struct pc_document *doc, const char *metric, int line);

#endif
