/*
 * A folder as a lock between instances; the kernel opens it when its holder dies.
 */
#ifndef PC_STORE_LOCK_H
#define PC_STORE_LOCK_H

#include "base/err.h"

/* Wait for the lock at most `ms` milliseconds: its holder may be stopped.  Gives a descriptor
 * that holds it until it is closed, or -1. */
int pc_lock_folder(const char *dir, int ms, struct pc_err *err);

#endif
