/*
 * Time: one that never runs backwards, and the one on the wall.
 */
#ifndef PC_BASE_CLOCK_H
#define PC_BASE_CLOCK_H

#include <stdint.h>

/* Nanoseconds of CLOCK_MONOTONIC; only differences mean anything. */
int64_t pc_now(void);

/* Milliseconds since 1970 (UTC): a date to remember, never a duration, because somebody may
 * set it. */
int64_t pc_wall_clock_ms(void);

#endif
