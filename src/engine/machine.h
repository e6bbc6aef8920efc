/*
 * What the system tells about the machine, from /proc, /sys and the clock.
 */
#ifndef PC_ENGINE_MACHINE_H
#define PC_ENGINE_MACHINE_H

#include "model/health.h"

/* Takes about a millisecond. */
void pc_machine_look(struct pc_machine *machine);

/* Time that the host took from all processors, and all time, in ticks since the start. */
struct pc_stolen {
    unsigned long long steal, all;
};
struct pc_stolen pc_stolen_now(void);

/* The share since `before`, 0 when it is not known. */
double pc_stolen_since(const struct pc_stolen *before);

#endif
