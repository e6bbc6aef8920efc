/*
 * Measures latencies of single operations of a kernel and its starter, restart by restart,
 * until the judge knows enough.
 */
#ifndef PC_ENGINE_TAILS_H
#define PC_ENGINE_TAILS_H

#include <stdint.h>

#include "model/metric.h"
#include "model/verdict.h"

struct pc_engine;
struct pc_tails_job;

struct pc_tails_spec {
    const struct pc_tail_limit *limit;
    const char *base, *kernel; /* shared objects */
    uint64_t seed;
    int64_t budget_ms;
};

/* Called from the loop: `restart` after each restart, then `done`, after which the job
 * frees itself.  The job may be cancelled in `restart`. */
struct pc_tails_ops {
    void (*restart)(void *ctx, const struct pc_tails *tails);
    void (*done)(void *ctx, const struct pc_tails *tails);
};

/* `spec` is copied, the limit that it points to too. */
struct pc_tails_job *pc_tails_start(struct pc_engine *engine,
                                    const struct pc_tails_spec *spec,
                                    const struct pc_tails_ops *ops, void *ctx,
                                    struct pc_err *err);
/* NULL is fine. */
void pc_tails_cancel(struct pc_tails_job *job);

#endif
