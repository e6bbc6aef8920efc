/*
 * Files on their way to a name: written beside it, then put in its place in one step.
 *
 * While its process lives such a file is locked, so that one that nobody holds was left by a
 * kill, and whoever comes next may remove it.
 */
#ifndef PC_BASE_TEMPORARY_H
#define PC_BASE_TEMPORARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct pc_temporary {
    char *path;
    int fd;
};

/* Make one beside `path`, with the mode that `path` has or a new file would have, and fill
 * it.  `durable` waits for the disk.  On failure nothing is left; errno tells why. */
bool pc_temporary_make(struct pc_temporary *t, const char *path, const void *data, size_t n,
                       bool durable);

/* Give it the name `path`, which is replaced, or which must be free (`anew`). */
bool pc_temporary_name(struct pc_temporary *t, const char *path, bool anew);

/* Close it, and remove its name if it still has one. */
void pc_temporary_end(struct pc_temporary *t);

/* Remove those in the folder `dir` that no process holds. */
void pc_temporary_sweep(const char *dir);

#endif
