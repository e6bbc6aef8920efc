/*
 * The escape report: which allocations of a file the compiler elides, which stay, and how
 * often the others happen when it runs.
 */
#ifndef PC_ENGINE_ESCAPE_H
#define PC_ENGINE_ESCAPE_H

#include "engine/engine.h"
#include "model/escape.h"

struct pc_escape_spec {
    const struct pc_exercise
        *exercise; /* NULL: `file` is looked at as it is, and not run */
    enum pc_use use;
    const char *file;
    const char *const *needs; /* of a file: pkg-config names */
    size_t n_needs;
    const char *compilers[PC_SIDES_MAX]; /* as for --cc; NULL: the usual one */
    size_t n_compilers;                  /* at least 1 */
    uint64_t seed;                       /* of the inputs when it is counted */
};

/* `done` is the last call; each side says what went wrong with it.  `code` is PC_PASSED when
 * every compiler that is here could be asked, PC_ENVIRONMENT only when none is here,
 * PC_NOBUILD when one does not build it, PC_CRASH when it did not finish while it was
 * counted. */
struct pc_escape_run;
struct pc_escape_run *
pc_escape_start(struct pc_engine *engine, const struct pc_escape_spec *spec,
                void (*done)(void *ctx, enum pc_code code, const struct pc_escape *escape),
                void *ctx, struct pc_err *err);
void pc_escape_cancel(struct pc_escape_run *run);

#endif
