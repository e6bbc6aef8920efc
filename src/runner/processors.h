/*
 * How many processors this process, and so its children, may run on: those of a container
 * or of taskset, not those of the machine.
 */
#ifndef PC_RUNNER_PROCESSORS_H
#define PC_RUNNER_PROCESSORS_H

/* At least 1. */
unsigned pc_processors_allowed(void);

#endif
