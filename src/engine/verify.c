#include "engine/verify.h"

#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/rng.h"
#include "engine/internal.h"
#include "judge/certify.h"
#include "script/lesson.h"

enum { BUDGET_MS = 2000, CAREFUL_MS = 10000, LOOKED_TWICE = 24, SPREAD = 20 };

enum state { WAITING, RUNNING, HELD, DONE };

/* One kernel with one compiler. */
struct trial_case {
    struct pc_verify *verify;
    struct pc_engine *engine;
    size_t tried; /* its place in the certificate */
    char *file;   /* of a mutant */
    enum state state;
    struct pc_check *check;
};

struct pc_verify {
    struct pc_verify_spec spec;
    const struct pc_verify_ops *ops;
    void *ctx;
    struct pc_waiter **waiters; /* one for each engine */
    size_t ready;
    struct pc_limits *limits; /* of each exercise */
    bool *readable;           /* whether they could be read */
    struct trial_case *cases;
    size_t n, running, width;
    bool timing;
    struct pc_timer *soon;
    struct pc_certificate certificate;
    int64_t began;
};

static void free_verify(struct pc_verify *v)
{
    for (size_t i = 0; i < v->spec.n_engines; i++)
        if (v->waiters[i])
            pc_waiter_cancel(v->spec.engines[i], v->waiters[i]);
    pc_timer_free(v->soon);
    for (size_t i = 0; i < v->n; i++) {
        if (v->cases[i].check)
            pc_check_cancel(v->cases[i].check);
        free(v->cases[i].file);
    }
    for (size_t i = 0; i < v->spec.n; i++)
        pc_limits_fini(&v->limits[i]);
    pc_certificate_fini(&v->certificate);
    free(v->waiters);
    free(v->limits);
    free(v->readable);
    free(v->cases);
    free(v);
}

void pc_verify_cancel(struct pc_verify *verify)
{
    free_verify(verify);
}

static void finish(struct pc_verify *v, const struct pc_err *trouble)
{
    v->certificate.wall_ns = pc_now() - v->began;
    v->ops->done(v->ctx, &v->certificate, trouble);
    free_verify(v);
}

static struct pc_tried *tried_of(const struct trial_case *c)
{
    return &c->verify->certificate.tried.items[c->tried];
}

static void pump(void *ctx);

/* Callbacks of checks only take note; what follows is begun from here. */
static void pump_soon(struct pc_verify *v)
{
    if (!v->soon)
        v->soon = pc_timer_start(v->spec.engines[0]->spec.loop, 0, pump, v);
}

static void held(void *ctx)
{
    struct trial_case *c = ctx;
    c->state = HELD;
    c->verify->running--;
    pump_soon(c->verify);
}

/* A check that could not be judged for reasons of the machine or of the course. */
static void conclude(struct trial_case *c, const char *reason)
{
    struct pc_verify *v = c->verify;
    pc_certify_tried(tried_of(c), reason, &v->certificate);
    c->state = DONE;
}

static void on_event(void *ctx, const struct pc_event *event)
{
    struct trial_case *c = ctx;
    struct pc_verify *v = c->verify;
    struct pc_tried *tried = tried_of(c);
    if (event->kind != PC_EVENT_VERDICT)
        return;
    c->check = NULL;
    v->running--;
    const struct pc_findings findings = {.build = event->build,
                                         .tests = event->tests,
                                         .counts = event->counts,
                                         .speed = event->speed};
    pc_certify_note(tried, event->verdict, &findings);
    if (tried->role != PC_ROLE_MUTANT && !tried->again)
        pc_certify_warnings(tried, event->build, &v->certificate);
    if (pc_certify_is_doubtful(tried) && !tried->again) {
        tried->again = true;
        c->state = WAITING;
    } else {
        conclude(c, event->verdict->reason);
    }
    pump_soon(v);
}

static void begin(struct trial_case *c)
{
    struct pc_verify *v = c->verify;
    const struct pc_tried *tried = tried_of(c);
    static const enum pc_use uses[] = {[PC_ROLE_STARTER] = PC_USE_STARTER,
                                       [PC_ROLE_REFERENCE] = PC_USE_REFERENCE,
                                       [PC_ROLE_MUTANT] = PC_USE_FILE};
    struct pc_check_spec spec = {
        .exercise = tried->exercise,
        .use = uses[tried->role],
        .file = c->file,
        .seed = pc_rng_fresh_seed(),
        .budget_ms = tried->again || v->spec.margins ? CAREFUL_MS : BUDGET_MS,
        .least_restarts = tried->again      ? LOOKED_TWICE
                          : v->spec.margins ? SPREAD
                                            : 0,
        .held = v->timing ? NULL : held,
    };
    struct pc_err err;
    c->check = pc_check_start(c->engine, &spec, on_event, c, &err);
    if (!c->check) {
        pc_words_add(&tried_of(c)->found, "not judged");
        conclude(c, err.msg);
        return;
    }
    c->state = RUNNING;
    v->running++;
}

static void go_on(struct trial_case *c)
{
    c->state = RUNNING;
    c->verify->running++;
    pc_check_go_on(c->check);
}

static struct trial_case *next_in(struct pc_verify *v, enum state state)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->cases[i].state == state)
            return &v->cases[i];
    return NULL;
}

static void tell(const struct pc_verify *v, const struct trial_case *current)
{
    struct pc_verify_progress progress = {
        .timing = v->timing, .total = v->n, .current = tried_of(current)};
    for (size_t i = 0; i < v->n; i++) {
        enum state state = v->cases[i].state;
        progress.done += state == DONE || (state == HELD && !v->timing);
    }
    v->ops->progress(v->ctx, &progress);
}

static void conclude_all(struct pc_verify *v)
{
    for (size_t i = 0; v->spec.margins && i < v->spec.n; i++)
        if (v->readable[i])
            pc_certify_propose(v->spec.exercises[i], &v->limits[i], &v->certificate);
    finish(v, NULL);
}

static void pump(void *ctx)
{
    struct pc_verify *v = ctx;
    struct trial_case *c;
    pc_timer_free(v->soon);
    v->soon = NULL;
    while (!v->timing && v->running < v->width && (c = next_in(v, WAITING))) {
        begin(c);
        tell(v, c);
    }
    if (v->running > 0)
        return;
    v->timing = true;
    if ((c = next_in(v, HELD))) {
        tell(v, c);
        go_on(c);
    } else if ((c = next_in(v, WAITING))) {
        tell(v, c);
        begin(c);
        if (c->state == DONE)
            pump_soon(v);
    } else {
        conclude_all(v);
    }
}

static void add_case(struct pc_verify *v, size_t engine, const struct pc_exercise *exercise,
                     enum pc_role role, const char *kernel, char *const *reasons,
                     size_t n_reasons)
{
    struct trial_case *c = &v->cases[v->n++];
    *c = (struct trial_case){
        .verify = v, .engine = v->spec.engines[engine], .tried = v->certificate.tried.n};
    struct pc_tried *tried = PC_PUSH(&v->certificate.tried);
    *tried = (struct pc_tried){.exercise = exercise,
                               .compiler = v->spec.compilers[engine],
                               .role = role,
                               .kernel = pc_strdup(kernel),
                               .low = NAN,
                               .high = NAN};
    for (size_t i = 0; i < n_reasons; i++)
        pc_words_add(&tried->declared, reasons[i]);
    if (role == PC_ROLE_MUTANT)
        c->file = pc_strfmt("%s/checks/%s/%s/mutants/%s.c", c->engine->course.dir,
                            exercise->topic->folder, exercise->name, kernel);
}

static void add_cases(struct pc_verify *v, const struct pc_exercise *exercise,
                      const struct pc_limits *limits)
{
    for (size_t i = 0; i < v->spec.n_engines; i++) {
        add_case(v, i, exercise, PC_ROLE_STARTER, "starter", limits->fails,
                 limits->n_fails);
        add_case(v, i, exercise, PC_ROLE_REFERENCE, "reference", NULL, 0);
        for (size_t k = 0; k < limits->n_mutants; k++)
            add_case(v, i, exercise, PC_ROLE_MUTANT, limits->mutants[k].name,
                     limits->mutants[k].fails, limits->mutants[k].n_fails);
    }
}

/* A topic is looked at as a whole when all of its exercises are. */
static bool is_whole(const struct pc_verify *v, const struct pc_topic *topic)
{
    size_t chosen = 0;
    for (size_t i = 0; i < v->spec.n; i++)
        chosen += v->spec.exercises[i]->topic == topic;
    return chosen == topic->n_exercises;
}

static void certify_texts(struct pc_verify *v)
{
    const struct pc_topic *before = NULL;
    for (size_t i = 0; i < v->spec.n; i++) {
        const struct pc_exercise *e = v->spec.exercises[i];
        if (e->topic != before && is_whole(v, e->topic))
            pc_certify_topic(e->topic, &v->certificate);
        before = e->topic;
        pc_certify_exercise(e, &v->certificate);
        if (v->readable[i])
            pc_certify_limits(e, &v->limits[i], &v->certificate);
    }
}

static void read_limits(struct pc_verify *v)
{
    struct pc_engine *engine = v->spec.engines[0];
    size_t kernels = 0;
    for (size_t i = 0; i < v->spec.n; i++) {
        const struct pc_exercise *e = v->spec.exercises[i];
        struct pc_err err;
        char id[16];
        v->readable[i] = pc_engine_limits_written(engine, e, &v->limits[i], &err);
        if (!v->readable[i])
            pc_certificate_add_defect(&v->certificate,
                                      pc_strfmt("%s %s", pc_exercise_id(e, id), e->name),
                                      pc_strdup(err.msg));
        else
            kernels += 2 + v->limits[i].n_mutants;
    }
    v->cases = pc_alloc_array(kernels * v->spec.n_engines + 1, sizeof *v->cases);
    for (size_t i = 0; i < v->spec.n; i++)
        if (v->readable[i])
            add_cases(v, v->spec.exercises[i], &v->limits[i]);
}

static void ready(void *ctx, const struct pc_err *trouble)
{
    struct pc_verify *v = ctx;
    size_t i = v->ready++;
    v->waiters[i] = NULL;
    if (trouble) {
        finish(v, trouble);
        return;
    }
    pc_words_add(&v->certificate.versions,
                 pc_toolchain_version(v->spec.engines[i]->toolchain));
    if (v->ready < v->spec.n_engines)
        v->waiters[i + 1] =
            pc_engine_when_ready(v->spec.engines[i + 1], false, NULL, ready, v);
    else
        pump_soon(v);
}

static size_t processors(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;
}

struct pc_verify *pc_verify_start(const struct pc_verify_spec *spec,
                                  const struct pc_verify_ops *ops, void *ctx,
                                  struct pc_err *err)
{
    struct pc_verify *v = pc_alloc(sizeof *v);
    *v = (struct pc_verify){
        .spec = *spec,
        .ops = ops,
        .ctx = ctx,
        .waiters = pc_alloc_array(spec->n_engines, sizeof(struct pc_waiter *)),
        .limits = pc_alloc_array(spec->n, sizeof(struct pc_limits)),
        .readable = pc_alloc_array(spec->n, sizeof(bool)),
        .width = processors(),
        .certificate.exercises = spec->n,
        .began = pc_now(),
    };
    for (size_t i = 0; i < spec->n_engines; i++) {
        pc_words_add(&v->certificate.compilers, spec->compilers[i]);
        if (!pc_engine_prepare(spec->engines[i], err)) {
            free_verify(v);
            return NULL;
        }
    }
    read_limits(v);
    certify_texts(v);
    v->waiters[0] = pc_engine_when_ready(spec->engines[0], false, NULL, ready, v);
    return v;
}
