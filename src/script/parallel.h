/*
 * Speed-ups of kernels with threads in limits.lua:
 * speedup = {efficiency = 0.7, parallel = {cpus = 4}}.
 */
#ifndef PC_SCRIPT_PARALLEL_H
#define PC_SCRIPT_PARALLEL_H

#include "model/metric.h"
#include "script/shape.h"
#include "script/value.h"

/* Read `parallel` and `efficiency` of the table of the speed-up `v` into `speed`. */
bool pc_parallel_read(const struct pc_document *doc, const struct pc_value *v,
                      struct pc_speed_limit *speed);

#endif
