/*
 * Judges the answer to "which function takes most?" by a profile of the starter.
 *
 * The answer is a text in the kernel's object, read from the file before anything runs, so
 * that no code of the kernel has a say in it; and the profile is one of the starter, taken
 * now, so that there is nothing to be known or kept from before.
 */
#ifndef PC_ENGINE_HOTSPOT_H
#define PC_ENGINE_HOTSPOT_H

#include "model/hotspot.h"
#include "runner/runner.h"

struct pc_engine;
struct pc_source;

/* Read the answer in `constant` of the shared object `kernel` into a new `hotspot`.  True
 * when it is a name, so that there is something to be measured. */
bool pc_hotspot_read(const char *kernel, const char *constant, struct pc_hotspot *hotspot);

struct pc_hotspot_spec {
    const char *base; /* the starter's shared object */
    const struct pc_source *source;
    struct pc_bench_spec bench;
    uint64_t seed;
    int64_t budget_ms; /* at most; it ends when one function is surely the first */
};

/* Profile the starter and complete what was read.  `done` is called once, from the loop;
 * then the job frees itself.  What `spec` points to must outlive it. */
struct pc_hotspot_job;
struct pc_hotspot_job *
pc_hotspot_start(struct pc_engine *engine, const struct pc_hotspot_spec *spec,
                 const struct pc_hotspot *read,
                 void (*done)(void *ctx, const struct pc_hotspot *found), void *ctx,
                 struct pc_err *err);
/* NULL is fine. */
void pc_hotspot_cancel(struct pc_hotspot_job *job);

#endif
