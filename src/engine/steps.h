/*
 * The function of an experiment, step by step: in the program, or, of a pack, in a process
 * that is shut in.
 */
#ifndef PC_ENGINE_STEPS_H
#define PC_ENGINE_STEPS_H

#include "base/err.h"
#include "model/course.h"
#include "model/request.h"
#include "script/run.h"

struct pc_engine;
struct pc_steps;

/* `taken` is called once for each step: from pc_steps_next() itself or, later, from the
 * loop.  The request is valid until the next step; `err` is for PC_LESSON_FAILED.  The owner
 * may free the steps from inside of it. */
struct pc_steps *pc_steps_create(struct pc_engine *engine, const struct pc_topic *topic,
                                 const struct pc_experiment *experiment,
                                 void (*taken)(void *ctx, enum pc_lesson_step step,
                                               const struct pc_request *request,
                                               const struct pc_err *err),
                                 void *ctx, struct pc_err *err);

/* Go on with `answer`, which is NULL the first time and not needed after the call.  After
 * DONE and FAILED only free may follow. */
void pc_steps_next(struct pc_steps *steps, const struct pc_answer *answer);

/* At any time; NULL is fine. */
void pc_steps_free(struct pc_steps *steps);

#endif
