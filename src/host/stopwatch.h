/*
 * Batches measured by clocks.
 */
#ifndef PC_HOST_STOPWATCH_H
#define PC_HOST_STOPWATCH_H

#include "host/worker.h"

extern const struct pc_meter pc_stopwatch;

#endif
