/*
 * Certifying the course: every starter, reference and mutant is checked with every compiler,
 * and what becomes of them is held against what their exercise declares.
 *
 * Builds, tests and counts run side by side, as many as there are processors.  Times are
 * measured when all of that is done, one kernel after the other.
 */
#ifndef PC_ENGINE_VERIFY_H
#define PC_ENGINE_VERIFY_H

#include "engine/engine.h"
#include "model/certificate.h"

struct pc_verify_spec {
    /* One engine for each compiler, all in the same loop, and what the compilers are called
     * ("gcc"). */
    struct pc_engine *const *engines;
    const char *const *compilers;
    size_t n_engines;
    const struct pc_exercise *const *exercises;
    size_t n;
    bool margins; /* measure longer, and propose limits */
};

/* How far it is. */
struct pc_verify_progress {
    bool timing; /* times are being measured; before that, everything else */
    size_t done, total;
    const struct pc_tried *current; /* what was begun last */
};

struct pc_verify_ops {
    void (*progress)(void *ctx, const struct pc_verify_progress *progress);
    /* The last call.  `trouble` is NULL unless a compiler cannot be used (PC_ENVIRONMENT);
     * the certificate is valid during the call, and more may be added to it. */
    void (*done)(void *ctx, struct pc_certificate *certificate,
                 const struct pc_err *trouble);
};

struct pc_verify;

/* What `spec` points to must outlive the job, which frees itself after `done`. */
struct pc_verify *pc_verify_start(const struct pc_verify_spec *spec,
                                  const struct pc_verify_ops *ops, void *ctx,
                                  struct pc_err *err);
void pc_verify_cancel(struct pc_verify *verify);

#endif
