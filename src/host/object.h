/*
 * A kernel with its benches, loaded as a shared object.
 */
#ifndef PC_HOST_OBJECT_H
#define PC_HOST_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "perfbench/perfbench.h"
#include "sampling/codespan.h"

struct pc_object {
    const struct bench_entry *const *entries;
    size_t n_entries;
    uintptr_t base;          /* what its addresses lie above those in its file */
    struct pc_codespan code; /* where it was mapped */
};

/* Load the shared object `path`; it is never unloaded. */
bool pc_object_load(struct pc_object *object, const char *path, struct pc_err *err);

/* The benchmark called `name`; NULL with a reason. */
const struct bench_entry *pc_object_bench(const struct pc_object *object, const char *name,
                                          struct pc_err *err);

/* Whether code at `address` is the object's. */
static inline bool pc_object_has(const struct pc_object *object, uintptr_t address)
{
    return pc_codespan_has(&object->code, address);
}

#endif
