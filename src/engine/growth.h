/*
 * Measures how a kernel's time grows: rounds of one process for each size, until the judge
 * knows enough.
 */
#ifndef PC_ENGINE_GROWTH_H
#define PC_ENGINE_GROWTH_H

#include <stdint.h>

#include "model/metric.h"
#include "model/verdict.h"

struct pc_engine;
struct pc_growth_job;

struct pc_growth_spec {
    const struct pc_growth_limit *limit; /* its `max` NAN: a fixed number of rounds */
    /* Shared objects.  With a `base` the kernel must keep up with it at the smallest size;
     * NULL: nothing is compared. */
    const char *base, *kernel;
    uint64_t seed;
    int64_t budget_ms;
};

/* Called from the loop: `round` after each round, then `done`, after which the job frees
 * itself.  The job may be cancelled in `round`. */
struct pc_growth_ops {
    void (*round)(void *ctx, const struct pc_growth *growth);
    void (*done)(void *ctx, const struct pc_growth *growth);
};

/* `spec` is copied, the texts and the limit that it points to too. */
struct pc_growth_job *pc_growth_start(struct pc_engine *engine,
                                      const struct pc_growth_spec *spec,
                                      const struct pc_growth_ops *ops, void *ctx,
                                      struct pc_err *err);
/* NULL is fine. */
void pc_growth_cancel(struct pc_growth_job *job);

#endif
