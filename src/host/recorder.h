/*
 * A stopwatch that also records something of the timed parts, into memory that whoever asked for
 * it still has when the process is gone.
 */
#ifndef PC_HOST_RECORDER_H
#define PC_HOST_RECORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "host/options.h"
#include "host/worker.h"

/* What is recorded; each program has one of these.  `open` is called in the worker, when the kernel
 * is loaded, and gives NULL or why it cannot record; `close` when the bench has torn down. */
struct pc_recorder {
    const char *(*open)(struct pc_worker *worker, void *memory, size_t size,
                        const struct pc_host_options *options);
    void (*close)(void);
    void (*go)(void);
    void (*pause)(void);
    void (*count)(uint64_t ops); /* so many have ended; NULL: it does not matter */
};
extern const struct pc_recorder pc_recorder;

extern const struct pc_meter pc_recording_meter;

/* Record into the memory behind the descriptor PC_WIRE_RECORDING, which workers share that
 * are started from now on; `options` must stay.  False when there is none. */
bool pc_recorder_use(const struct pc_host_options *options);

#endif
