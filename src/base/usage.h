/*
 * What processes have used, as the system tells it.
 */
#ifndef PC_BASE_USAGE_H
#define PC_BASE_USAGE_H

#include <stdint.h>
#include <sys/resource.h>

/* Processor time, of user and system, in nanoseconds. */
int64_t pc_usage_cpu_ns(const struct rusage *usage);

#endif
