/*
 * Measures the C files of an experiment: builds each once, then times or counts its
 * benches as the script asks.
 */
#ifndef PC_ENGINE_SAMPLER_H
#define PC_ENGINE_SAMPLER_H

#include <stdint.h>

#include "model/course.h"
#include "model/request.h"

struct pc_engine;
struct pc_sampler;

/* The engine must be ready before the first sample is taken. */
struct pc_sampler *pc_sampler_create(struct pc_engine *engine, const struct pc_topic *topic,
                                     const struct pc_experiment *experiment, uint64_t seed);

/* Do what `request`, a MEASURE, COUNT, LATENCY, ESCAPE or PROFILE, asks for, with at most
 * `budget_ms` unless it is 0.
 * `done` is called from the loop with the answer; one sample is taken at a time.  The
 * request must stay until then. */
void pc_sampler_take(struct pc_sampler *sampler, const struct pc_request *request,
                     int64_t budget_ms,
                     void (*done)(void *ctx, const struct pc_answer *answer), void *ctx);

/* At any time; a sample that is being taken is given up.  NULL is fine. */
void pc_sampler_free(struct pc_sampler *sampler);

#endif
