/*
 * The resource limits of a jailed process, and the privileges that it gives up.
 */
#ifndef PC_HOST_LIMITS_H
#define PC_HOST_LIMITS_H

#include "host/jail.h"

/* Lower all limits, for good; those that are lower already stay.  0, else the errno of the
 * first that cannot be set. */
int pc_limits_enter(const struct pc_jail *jail);

/* Give up what root and files with privileges have, and be closed to other processes.  0,
 * else the errno. */
int pc_privileges_drop(void);

#endif
