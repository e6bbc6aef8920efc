#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "engine/internal.h"
#include "engine/sampler.h"
#include "engine/series.h"
#include "engine/steps.h"

/* What was asked, kept until it is answered. */
struct asked {
    char *question, *why;
    char **choices;
    size_t n_choices, chosen;
};

/*
 * The script asks, we do, the script goes on.  Each step is taken by a timer of the loop
 * and ends with at most one event, after which nothing here is touched: so whoever gets the
 * event may answer or cancel right away.
 */
struct pc_experiment_run {
    struct pc_engine *engine;
    struct pc_experiment_spec spec;
    const struct pc_experiment_ops *ops;
    void *ctx;
    int64_t began;
    struct pc_waiter *waiter;
    struct pc_timer *timer; /* of the next step */
    struct pc_steps *script;
    struct pc_sampler *sampler;
    const struct pc_request *request;
    struct pc_answer answer;
    bool asked, waiting; /* the script has begun; it waits for a prediction */
    struct asked predictions[PC_PREDICTIONS_MAX];
    struct pc_all_series series;
    struct profiled {
        struct pc_kept_profile *kept; /* NULL: there is none of this number */
        bool by_total, by_bytes, everything;
    } profiles[PC_PROFILES_MAX];
    struct pc_err err;
};

static void free_run(struct pc_experiment_run *run)
{
    pc_waiter_cancel(run->engine, run->waiter);
    pc_timer_free(run->timer);
    pc_sampler_free(run->sampler);
    pc_steps_free(run->script);
    for (size_t i = 0; i < PC_PREDICTIONS_MAX; i++) {
        struct asked *a = &run->predictions[i];
        for (size_t k = 0; k < a->n_choices; k++)
            free(a->choices[k]);
        free(a->choices);
        free(a->question);
        free(a->why);
    }
    pc_series_fini(&run->series);
    for (size_t i = 0; i < PC_PROFILES_MAX; i++)
        pc_kept_profile_free(run->profiles[i].kept);
    free(run);
}

void pc_experiment_cancel(struct pc_experiment_run *run)
{
    free_run(run);
}

static void step(void *ctx);

/* The next thing to do, from the loop. */
static void schedule(struct pc_experiment_run *run, void (*fn)(void *ctx))
{
    pc_timer_free(run->timer);
    run->timer = pc_timer_start(run->engine->spec.loop, 0, fn, run);
}

static struct pc_experiment_event event_of(const struct pc_experiment_run *run,
                                           enum pc_experiment_event_kind kind)
{
    return (struct pc_experiment_event){
        .kind = kind,
        .topic = run->spec.topic,
        .experiment = run->spec.experiment,
        .seed = run->spec.seed,
        .wall_ns = pc_now() - run->began,
        .low = NAN,
        .high = NAN,
    };
}

/* Always the last thing of a step: the owner may cancel. */
static void tell(struct pc_experiment_run *run, const struct pc_experiment_event *event)
{
    run->ops->event(run->ctx, event);
}

static void tell_text(struct pc_experiment_run *run, enum pc_experiment_event_kind kind,
                      const char *text)
{
    struct pc_experiment_event event = event_of(run, kind);
    event.text = text;
    tell(run, &event);
}

static void finish(void *ctx)
{
    struct pc_experiment_run *run = ctx;
    struct pc_experiment_event event = event_of(run, PC_EXPERIMENT_DONE);
    event.code = run->err.code;
    event.text = run->err.code == PC_PASSED ? NULL : run->err.msg;
    tell(run, &event);
    free_run(run);
}

/* A profile is shown when the script says so, and as it was asked for. */
static void keep_profile(struct pc_experiment_run *run, const struct pc_profiled *found)
{
    const struct pc_request *r = run->request;
    run->profiles[r->profile - 1] = (struct profiled){.kept = pc_kept_profile_create(found),
                                                      .by_total = r->by_total,
                                                      .by_bytes = r->by_bytes,
                                                      .everything = r->everything};
}

static void sampled(void *ctx, const struct pc_answer *answer)
{
    struct pc_experiment_run *run = ctx;
    run->answer = *answer;
    if (answer->found)
        keep_profile(run, answer->found);
    /* Answers point to what is gone after this call. */
    step(run);
}

static void take_sample(struct pc_experiment_run *run)
{
    const struct pc_request *r = run->request;
    const char *verb = r->kind == PC_REQUEST_COUNT     ? "counting"
                       : r->kind == PC_REQUEST_ESCAPE  ? "compiling"
                       : r->kind == PC_REQUEST_PROFILE ? "profiling"
                                                       : "timing";
    PC_AUTO(pc_auto_free) char *text =
        r->size ? pc_strfmt("%s %s, n = %zu", verb, *r->bench ? r->bench : r->file, r->size)
                : pc_strfmt("%s %s", verb, *r->bench ? r->bench : r->file);
    pc_sampler_take(run->sampler, r, run->spec.budget_ms, sampled, run);
    tell_text(run, PC_EXPERIMENT_WORKING, text);
}

/* Remember what the learner expected, as "07/append/1". */
static void keep(struct pc_experiment_run *run, const struct pc_question *p)
{
    PC_AUTO(pc_auto_free) char *name = pc_strfmt("%02d/%s/%zu", run->spec.topic->number,
                                                 run->spec.experiment->name, p->number);
    pc_engine_predicted(run->engine, name, p->choices[p->chosen - 1],
                        p->chosen == p->right);
}

/* Where several are right, and one of them was chosen, it is that. */
static size_t right_of(const struct pc_request *r, size_t chosen)
{
    return chosen && r->rights >> (chosen - 1) & 1 ? chosen : r->right;
}

static void tell_prediction(struct pc_experiment_run *run,
                            enum pc_experiment_event_kind kind)
{
    const struct pc_request *r = run->request;
    const struct asked *a = &run->predictions[r->prediction - 1];
    struct pc_question p = {
        .number = r->prediction,
        .question = a->question,
        .choices = (const char *const *)a->choices,
        .n_choices = a->n_choices,
        .chosen = a->chosen,
        .right = kind == PC_EXPERIMENT_SCORED ? right_of(r, a->chosen) : 0,
        .rights = kind == PC_EXPERIMENT_SCORED ? r->rights : 0,
        .value = r->value,
        .why = r->text ? r->text : a->why,
    };
    struct pc_experiment_event event = event_of(run, kind);
    event.prediction = &p;
    if (kind == PC_EXPERIMENT_SCORED && p.chosen)
        keep(run, &p);
    tell(run, &event);
}

static void predict(struct pc_experiment_run *run)
{
    const struct pc_request *r = run->request;
    struct asked *a = &run->predictions[r->prediction - 1];
    a->question = pc_strdup(r->question);
    a->why = r->text ? pc_strdup(r->text) : NULL;
    a->choices = pc_alloc_array(r->n_choices, sizeof *a->choices);
    for (; a->n_choices < r->n_choices; a->n_choices++)
        a->choices[a->n_choices] = pc_strdup(r->choices[a->n_choices]);
    run->waiting = true;
    tell_prediction(run, PC_EXPERIMENT_PREDICT);
}

/* The learner has chosen; when the right answer is known already it is told. */
static void predicted(void *ctx)
{
    struct pc_experiment_run *run = ctx;
    schedule(run, step);
    if (run->request->right > 0)
        tell_prediction(run, PC_EXPERIMENT_SCORED);
}

void pc_experiment_answer(struct pc_experiment_run *run, size_t choice)
{
    if (!run->waiting)
        return;
    struct asked *a = &run->predictions[run->request->prediction - 1];
    run->waiting = false;
    a->chosen = choice <= a->n_choices ? choice : 0;
    run->answer.choice = a->chosen;
    schedule(run, predicted);
}

/* The script is told that its request makes no sense. */
static void refuse(struct pc_experiment_run *run, const char *why)
{
    pc_fail(&run->err, PC_ENVIRONMENT, "series \"%s\": %s", run->request->series, why);
    run->answer.trouble = run->err.msg;
    schedule(run, step);
}

static void show_profile(struct pc_experiment_run *run)
{
    const struct pc_request *r = run->request;
    const struct profiled *profile = &run->profiles[r->profile - 1];
    if (!profile->kept) {
        run->answer.trouble = "there is nothing in this profile";
        schedule(run, step);
        return;
    }
    const struct pc_shown_profile shown = {.found = &profile->kept->found,
                                           .title = r->text,
                                           .rows = r->rows,
                                           .lines = r->lines,
                                           .tree = r->tree,
                                           .by_total = profile->by_total,
                                           .by_bytes = profile->by_bytes,
                                           .everything = profile->everything};
    struct pc_experiment_event event = event_of(run, PC_EXPERIMENT_PROFILE);
    event.profile = &shown;
    schedule(run, step);
    tell(run, &event);
}

static void add_point(struct pc_experiment_run *run)
{
    const struct pc_request *r = run->request;
    const char *why;
    struct pc_experiment_event event = event_of(run, PC_EXPERIMENT_POINT);
    if (!pc_series_add(&run->series, r->series, r->x, r->y, &event.series_index, &why)) {
        refuse(run, why);
        return;
    }
    event.series = r->series;
    event.x = r->x;
    event.y = r->y;
    event.low = r->low;
    event.high = r->high;
    schedule(run, step);
    tell(run, &event);
}

static void fit_slope(struct pc_experiment_run *run)
{
    const struct pc_request *r = run->request;
    const char *why;
    struct pc_experiment_event event = event_of(run, PC_EXPERIMENT_SLOPE);
    struct pc_slope slope;
    if (!pc_series_slope(&run->series, r->series, r->last, &slope, &event.n_points,
                         &event.series_index, &why)) {
        refuse(run, why);
        return;
    }
    run->answer.value = event.value = slope.value;
    run->answer.low = event.low = slope.low;
    run->answer.high = event.high = slope.high;
    event.series = r->series;
    schedule(run, step);
    tell(run, &event);
}

/* Do what the script asks for. */
static void serve(struct pc_experiment_run *run)
{
    switch (run->request->kind) {
    case PC_REQUEST_MEASURE:
    case PC_REQUEST_COUNT:
    case PC_REQUEST_LATENCY:
    case PC_REQUEST_ESCAPE:
    case PC_REQUEST_PROFILE:
        take_sample(run);
        break;
    case PC_REQUEST_PREDICT:
        predict(run);
        break;
    case PC_REQUEST_ANSWER:
        schedule(run, step);
        tell_prediction(run, PC_EXPERIMENT_SCORED);
        break;
    case PC_REQUEST_POINT:
        add_point(run);
        break;
    case PC_REQUEST_SLOPE:
        fit_slope(run);
        break;
    case PC_REQUEST_NOTE:
        schedule(run, step);
        tell_text(run, PC_EXPERIMENT_NOTE, run->request->text);
        break;
    case PC_REQUEST_SHOW:
        show_profile(run);
        break;
    }
}

static void taken(void *ctx, enum pc_lesson_step next, const struct pc_request *request,
                  const struct pc_err *err)
{
    struct pc_experiment_run *run = ctx;
    run->request = request;
    switch (next) {
    case PC_LESSON_ASKS:
        serve(run);
        break;
    case PC_LESSON_DONE:
        run->err.code = PC_PASSED;
        schedule(run, finish);
        break;
    case PC_LESSON_FAILED:
        run->err = *err;
        schedule(run, finish);
        break;
    }
}

static void step(void *ctx)
{
    struct pc_experiment_run *run = ctx;
    struct pc_answer answer = run->answer;
    bool first = !run->asked;
    run->answer = (struct pc_answer){0};
    run->asked = true;
    pc_steps_next(run->script, first ? NULL : &answer);
}

static void begin(void *ctx)
{
    struct pc_experiment_run *run = ctx;
    schedule(run, step);
    tell_text(run, PC_EXPERIMENT_STARTED, NULL);
}

static void ready(void *ctx, const struct pc_err *trouble)
{
    struct pc_experiment_run *run = ctx;
    run->waiter = NULL;
    if (trouble)
        run->err = *trouble;
    schedule(run, trouble ? finish : begin);
}

struct pc_experiment_run *pc_experiment_start(struct pc_engine *engine,
                                              const struct pc_experiment_spec *spec,
                                              const struct pc_experiment_ops *ops,
                                              void *ctx, struct pc_err *err)
{
    struct pc_experiment_run *run = pc_alloc(sizeof *run);
    *run = (struct pc_experiment_run){
        .engine = engine, .spec = *spec, .ops = ops, .ctx = ctx, .began = pc_now()};
    if (!pc_engine_prepare(engine, err) ||
        !(run->script =
              pc_steps_create(engine, spec->topic, spec->experiment, taken, run, err))) {
        free_run(run);
        return NULL;
    }
    run->sampler = pc_sampler_create(engine, spec->topic, spec->experiment, spec->seed);
    run->waiter = pc_engine_when_ready(engine, true, NULL, ready, run);
    return run;
}
