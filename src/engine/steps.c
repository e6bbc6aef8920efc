#include "engine/steps.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "engine/internal.h"
#include "engine/jailed.h"
#include "engine/pack.h"
#include "script/lesson.h"
#include "script/remote.h"

struct pc_steps {
    struct pc_engine *engine;
    void (*taken)(void *ctx, enum pc_lesson_step step, const struct pc_request *request,
                  const struct pc_err *err);
    void *ctx;
    struct pc_lesson_run *here; /* in the program; NULL: there */
    /* There. */
    struct pc_child *child;
    struct pc_timer *timer; /* of the step */
    struct pc_remote_run remote;
    struct pc_script_source source;
    const char *experiment;
    struct pc_str answers;
    bool waiting; /* for the end of a step */
    bool over;    /* `err` says why no step can follow */
    struct pc_err err;
};

void pc_steps_free(struct pc_steps *steps)
{
    if (!steps)
        return;
    pc_lesson_run_free(steps->here);
    pc_child_abandon(steps->child);
    pc_timer_free(steps->timer);
    pc_remote_run_fini(&steps->remote);
    pc_script_source_fini(&steps->source);
    pc_str_fini(&steps->answers);
    free(steps);
}

/* Always the last thing: the owner may free. */
static void tell(struct pc_steps *steps, enum pc_lesson_step step,
                 const struct pc_request *request)
{
    steps->waiting = false;
    pc_timer_free(steps->timer);
    steps->timer = NULL;
    steps->taken(steps->ctx, step, request, &steps->err);
}

/* No step can follow; whoever waits for one is told. */
static void give_up(struct pc_steps *steps)
{
    steps->over = true;
    pc_child_abandon(steps->child);
    steps->child = NULL;
    if (steps->waiting)
        tell(steps, PC_LESSON_FAILED, NULL);
}

static void give_up_for(struct pc_steps *steps, enum pc_end why)
{
    if (steps->over)
        return;
    pc_jailed_explain(steps->remote.name, &(struct pc_child_end){.why = why}, &steps->err);
    give_up(steps);
}

static void on_silence(void *ctx)
{
    give_up_for(ctx, PC_END_WALL);
}

static void take_message(struct pc_steps *steps, struct pc_message *message)
{
    const struct pc_request *request = NULL;
    enum pc_lesson_step step =
        pc_remote_run_take(&steps->remote, message, &request, &steps->err);
    pc_message_fini(message);
    tell(steps, step, request);
}

static void on_data(void *ctx, enum pc_stream stream, const char *data, size_t n)
{
    struct pc_steps *steps = ctx;
    struct pc_message message;
    if (stream != PC_ANSWERS || steps->over)
        return;
    pc_str_add(&steps->answers, data, n);
    switch (pc_message_take(&steps->answers, &message)) {
    case PC_MESSAGE_PART:
        if (steps->answers.len > PC_MESSAGE_MAX)
            give_up_for(steps, PC_END_OUTPUT);
        return;
    case PC_MESSAGE_WHOLE:
        if (steps->waiting && steps->answers.len == 0) {
            take_message(steps, &message);
            return;
        }
        pc_message_fini(&message);
        break;
    case PC_MESSAGE_GARBAGE:
        break;
    }
    pc_fail(&steps->err, PC_ENVIRONMENT, "%s: the process that runs it sent garbage",
            steps->remote.name);
    give_up(steps);
}

static void on_done(void *ctx, const struct pc_child_end *end)
{
    struct pc_steps *steps = ctx;
    steps->child = NULL;
    if (steps->over)
        return;
    pc_jailed_explain(steps->remote.name, end, &steps->err);
    give_up(steps);
}

static bool start_there(struct pc_steps *steps, struct pc_err *err)
{
    static const struct pc_child_ops ops = {.data = on_data, .done = on_done};
    struct pc_jailed jailed;
    pc_jailed_init(&jailed, steps->engine->pack);
    jailed.spec.orders = true;
    steps->child = pc_child_start(steps->engine->spec.loop, &jailed.spec, &ops, steps, err);
    pc_jailed_fini(&jailed);
    return steps->child != NULL;
}

struct pc_steps *pc_steps_create(struct pc_engine *engine, const struct pc_topic *topic,
                                 const struct pc_experiment *experiment,
                                 void (*taken)(void *ctx, enum pc_lesson_step step,
                                               const struct pc_request *request,
                                               const struct pc_err *err),
                                 void *ctx, struct pc_err *err)
{
    struct pc_steps *steps = pc_alloc(sizeof *steps);
    *steps = (struct pc_steps){.engine = engine, .taken = taken, .ctx = ctx};
    if (!engine->pack) {
        steps->here = pc_lesson_run_create(&engine->course, topic, experiment, err);
        if (steps->here)
            return steps;
        pc_steps_free(steps);
        return NULL;
    }
    PC_AUTO(pc_auto_free) char *name = pc_lesson_name(topic);
    PC_AUTO(pc_auto_free) char *path = pc_lesson_file(&engine->course, topic);
    steps->experiment = experiment->name;
    pc_remote_run_init(&steps->remote, name);
    if (pc_script_source_read(path, name, &steps->source, err) && start_there(steps, err))
        return steps;
    pc_steps_free(steps);
    return NULL;
}

static void next_here(struct pc_steps *steps, const struct pc_answer *answer)
{
    const struct pc_request *request = NULL;
    enum pc_lesson_step step =
        pc_lesson_run_next(steps->here, answer, &request, &steps->err);
    tell(steps, step, request);
}

void pc_steps_next(struct pc_steps *steps, const struct pc_answer *answer)
{
    struct pc_str order = {0};
    if (steps->here) {
        next_here(steps, answer);
        return;
    }
    if (steps->over) {
        tell(steps, PC_LESSON_FAILED, NULL);
        return;
    }
    if (answer)
        pc_remote_run_answer(answer, &order);
    else
        pc_remote_run_begin(&steps->remote, &steps->source, steps->experiment, &order);
    steps->waiting = true;
    steps->timer =
        pc_timer_start(steps->engine->spec.loop, PC_JAILED_WALL_MS, on_silence, steps);
    pc_child_order(steps->child, order.s, order.len);
    pc_str_fini(&order);
}
