/*
 * What bench_profile_error() tells.
 */
#ifndef PC_PERFPROF_FAILURE_H
#define PC_PERFPROF_FAILURE_H

#include "base/err.h"

/* The calling thread's own, empty again. */
struct pc_err *pc_perfprof_failure(void);

#endif
