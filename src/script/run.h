/*
 * The script of an experiment, run step by step.
 *
 * The function `run` of the experiment is a coroutine on a Lua thread of its own.  Its
 * verbs (docs/lessons.md) give a request and wait; whoever owns the run does what is asked
 * and goes on with the answer.  All steps together share one budget of instructions and
 * one heap cap, and scripts cannot make coroutines of their own.
 */
#ifndef PC_SCRIPT_RUN_H
#define PC_SCRIPT_RUN_H

#include "base/err.h"
#include "model/course.h"
#include "model/request.h"

struct pc_asking;
struct pc_lesson_run;

enum pc_lesson_step {
    PC_LESSON_ASKS,   /* a request waits for its answer */
    PC_LESSON_DONE,   /* the function has returned */
    PC_LESSON_FAILED, /* `err` says why, with file and line */
};

/* Of a lesson that was read already: the `n` bytes of `text`, called `name` in messages.
 * The three texts are copied. */
struct pc_lesson_run *pc_lesson_run_create_of(const char *name, const char *text, size_t n,
                                              const char *experiment, struct pc_err *err);

/* Read the lesson and stand before the first step of `experiment`; NULL with
 * PC_ENVIRONMENT. */
struct pc_lesson_run *pc_lesson_run_create(const struct pc_course *course,
                                           const struct pc_topic *topic,
                                           const struct pc_experiment *experiment,
                                           struct pc_err *err);

/* What the run has asked for, and with which arguments: for whoever hands a request on. */
const struct pc_asking *pc_lesson_run_asking(const struct pc_lesson_run *run);

/* Go on with `answer`, which is NULL the first time, until the next request or the end.
 * The request is valid until the next call.  After DONE and FAILED only free() may follow.
 */
enum pc_lesson_step pc_lesson_run_next(struct pc_lesson_run *run,
                                       const struct pc_answer *answer,
                                       const struct pc_request **request,
                                       struct pc_err *err);

/* At any time; NULL is fine. */
void pc_lesson_run_free(struct pc_lesson_run *run);

#endif
