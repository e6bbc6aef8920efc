/*
 * What of the file system a jailed process sees (Landlock).
 *
 * Nothing may be written, and only what programs need of the system may be read: libraries,
 * time zones, locales, the process itself in /proc.  The kernel's ABI decides over what else
 * is closed; it grows, and each part that is missing is held by the filter of system calls
 * as well: truncating (3), TCP (4), ioctl on devices (5), abstract sockets and signals (6).
 */
#ifndef PC_HOST_LANDLOCK_H
#define PC_HOST_LANDLOCK_H

#include "host/jail.h"

/* Shut this process in, for good; it must have no_new_privs.  `*abi` becomes the ABI that
 * is used.  0, else the errno: ENOSYS (not in this kernel), EOPNOTSUPP (switched off). */
int pc_landlock_enter(const struct pc_jail *jail, int *abi);

#endif
