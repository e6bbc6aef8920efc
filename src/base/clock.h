/*
 * Time that never runs backwards.
 */
#ifndef PC_BASE_CLOCK_H
#define PC_BASE_CLOCK_H

#include <stdint.h>

/* Nanoseconds of CLOCK_MONOTONIC; only differences mean anything. */
int64_t pc_now(void);

#endif
