/*
 * A stopwatch that also records where the timed parts spend their time.
 */
#ifndef PC_HOST_PROFILER_H
#define PC_HOST_PROFILER_H

#include <stdbool.h>
#include <stdint.h>

#include "host/worker.h"

extern const struct pc_meter pc_profiler;

/* Record into the memory behind the descriptor PC_WIRE_RECORDING, which workers share that
 * are started from now on.  False when there is none. */
bool pc_profiler_use(unsigned hz, bool wall);

#endif
