/*
 * How busy others keep the machine while something is measured, from /proc/stat.
 */
#ifndef PC_RUNNER_BUSY_H
#define PC_RUNNER_BUSY_H

#include <stdbool.h>
#include <stdint.h>

struct pc_busy {
    bool known;
    int64_t wall_ns, cpu_ns; /* the clock, and what all processors have worked */
};

struct pc_busy pc_busy_now(void);

/* Processors that worked for others since `before`, when `own_ns` of the work was ours; 0
 * when it is not known. */
double pc_busy_since(const struct pc_busy *before, int64_t own_ns);

#endif
