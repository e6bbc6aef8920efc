/*
 * What a host tells of the latencies of one side.
 */
#ifndef PC_RUNNER_LATENCIES_H
#define PC_RUNNER_LATENCIES_H

#include "model/tail.h"
#include "wire/line.h"

/* Read "SIDE-ops", "SIDE-p50" and so on.  False when one is missing, or when they are not in
 * order and no longer than `took_ns`, by our own clock, which no latency can be. */
bool pc_latencies_read(const struct pc_line *line, const char *side, int64_t took_ns,
                       struct pc_latencies *latencies);

#endif
