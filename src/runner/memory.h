/*
 * Memory that a host writes to, and that is still there when the host is gone.
 */
#ifndef PC_RUNNER_MEMORY_H
#define PC_RUNNER_MEMORY_H

#include <stddef.h>

#include "base/err.h"

struct pc_memory {
    void *bytes; /* NULL: none */
    size_t size;
};

/* `size` bytes of zeros without a file.  Gives the descriptor that the host inherits, which the
 * caller closes; -1 when there is none. */
int pc_memory_open(struct pc_memory *memory, size_t size, struct pc_err *err);
void pc_memory_fini(struct pc_memory *memory);

#endif
