#include "engine/internal.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"

struct pc_check {
    struct pc_engine *engine;
    struct pc_check_spec spec;
    void (*event)(void *ctx, const struct pc_event *event);
    void *ctx;
    struct pc_waiter *waiter;
    struct pc_trial *trial;
    struct pc_limits limits;
    struct pc_source source;
    char content[PC_HASH_HEX];
    int64_t began;
};

static void free_check(struct pc_check *check)
{
    pc_waiter_cancel(check->engine, check->waiter);
    if (check->trial)
        pc_trial_cancel(check->trial);
    pc_limits_fini(&check->limits);
    pc_source_fini(&check->source);
    free(check);
}

void pc_check_cancel(struct pc_check *check)
{
    free_check(check);
}

const char *pc_check_content(const struct pc_check *check)
{
    return check->content;
}

static const char *kernel_label(const struct pc_check *check)
{
    switch (check->spec.use) {
    case PC_USE_STARTER:
        return "the starter";
    case PC_USE_REFERENCE:
        return "the reference";
    default:
        return check->source.path;
    }
}

static struct pc_event new_event(const struct pc_check *check, enum pc_event_kind kind)
{
    return (struct pc_event){.kind = kind,
                             .exercise = check->spec.exercise,
                             .kernel = kernel_label(check),
                             .content = check->content,
                             .limits = &check->limits,
                             .wall_ns = pc_now() - check->began,
                             .seed = check->spec.seed};
}

static void emit(struct pc_check *check, enum pc_event_kind kind,
                 const struct pc_findings *found, const struct pc_verdict *verdict,
                 const struct pc_record *record)
{
    struct pc_event event = new_event(check, kind);
    if (found) {
        event.build = found->build;
        event.tests = found->tests;
        event.counts = found->counts;
        event.speed = found->speed;
        event.growth = found->growth;
        event.tails = found->tails;
        event.hotspot = found->hotspot;
    }
    event.verdict = verdict;
    event.record = record;
    check->event(check->ctx, &event);
}

/* Whether a code is a verdict on the kernel and not on the machine or the course. */
static bool judges_kernel(enum pc_code code)
{
    return code != PC_ENVIRONMENT && code != PC_USAGE && code != PC_INTERRUPTED;
}

/* The exponent with its interval is kept among the metrics. */
static void add_growth(struct pc_metrics *metrics, const struct pc_growth *growth)
{
    if (growth && growth->rounds > 0 && metrics->n < PC_METRICS_MAX)
        metrics->items[metrics->n++] = (struct pc_metric){.name = "growth",
                                                          .min = growth->low,
                                                          .max = growth->high,
                                                          .mean = growth->exponent};
}

static bool keep(const struct pc_check *check, const struct pc_findings *found,
                 const struct pc_verdict *verdict, struct pc_record *record)
{
    struct pc_engine *engine = check->engine;
    const struct pc_speed *speed = found->speed;
    bool timed = speed && speed->measured && speed->ratio > 0;
    struct pc_attempt attempt = {
        .when = pc_wall_clock_ms(),
        .code = verdict->code,
        .quick = verdict->speed_skipped,
        .medal = verdict->medal,
        .ratio = timed ? speed->ratio : (double)NAN,
        .low = timed ? speed->low : (double)NAN,
        .high = timed ? speed->high : (double)NAN,
        .seed = check->spec.seed,
    };
    if (found->counts && found->counts->ran)
        attempt.metrics = found->counts->metrics;
    add_growth(&attempt.metrics, found->growth);
    const char *version = pc_toolchain_version(engine->toolchain);
    PC_AUTO(pc_auto_free) char *compiler =
        pc_text_harmless(version, strlen(version), sizeof attempt.compiler - 1);
    snprintf(attempt.compiler, sizeof attempt.compiler, "%s", compiler);
    snprintf(attempt.exercise, sizeof attempt.exercise, "%s", check->spec.exercise->name);
    strcpy(attempt.content, check->content);
    return pc_progress_keep(engine, &attempt, &check->source, record);
}

static void conclude(struct pc_check *check, const struct pc_findings *found,
                     const struct pc_err *trouble)
{
    struct pc_verdict verdict = {0};
    if (trouble) {
        verdict.code = trouble->code;
        verdict.reason = pc_strdup(trouble->msg);
    } else {
        assert(found);
        struct pc_findings all = *found;
        all.speed_skipped = check->spec.quick;
        pc_judge(&check->limits, &all, &verdict);
    }
    /* Kept before it is shown: what was seen is not lost, whatever happens next. */
    struct pc_record record;
    bool kept = check->spec.use == PC_USE_LEARNERS && !trouble &&
                judges_kernel(verdict.code) && keep(check, found, &verdict, &record);
    emit(check, PC_EVENT_VERDICT, found, &verdict, kept ? &record : NULL);
    pc_verdict_fini(&verdict);
    free_check(check);
}

static void progress(void *ctx, enum pc_event_kind kind, const struct pc_findings *found)
{
    emit(ctx, kind, found, NULL, NULL);
}

static void trial_done(void *ctx, const struct pc_findings *found,
                       const struct pc_err *trouble)
{
    struct pc_check *check = ctx;
    check->trial = NULL;
    conclude(check, found, trouble);
}

static void held(void *ctx)
{
    struct pc_check *check = ctx;
    check->spec.held(check->ctx);
}

void pc_check_go_on(struct pc_check *check)
{
    pc_trial_go_on(check->trial);
}

static void proving(void *ctx)
{
    emit(ctx, PC_EVENT_PROVING, NULL, NULL, NULL);
}

static void ready(void *ctx, const struct pc_err *trouble)
{
    static const struct pc_trial_ops at_once = {.progress = progress, .done = trial_done};
    static const struct pc_trial_ops in_turn = {
        .progress = progress, .done = trial_done, .held = held};
    struct pc_check *check = ctx;
    check->waiter = NULL;
    if (trouble) {
        conclude(check, NULL, trouble);
        return;
    }
    emit(check, PC_EVENT_BUILDING, NULL, NULL, NULL);
    const struct pc_speed_limit *speedup = &check->limits.speedup;
    bool possible = speedup->cpus == 0 || speedup->threads > 0;
    bool timed = speedup->set && possible && !check->spec.quick;
    bool told = check->limits.tail.set && !check->spec.quick;
    bool grown = check->limits.growth.set && !check->spec.quick;
    bool named = check->limits.hotspot[0] && !check->spec.quick;
    struct pc_trial_spec spec = {
        .source = &check->source,
        .limits = &check->limits,
        .stages = PC_STAGE_TESTS | PC_STAGE_COUNTS | (timed ? PC_STAGE_SPEED : 0u) |
                  (grown ? PC_STAGE_GROWTH : 0u) | (told ? PC_STAGE_TAILS : 0u) |
                  (named ? PC_STAGE_HOTSPOT : 0u),
        .seed = check->spec.seed,
        .budget_ms = check->spec.budget_ms,
        .least_restarts = check->spec.least_restarts,
    };
    struct pc_err err;
    check->trial = pc_trial_start(check->engine, &spec,
                                  check->spec.held ? &in_turn : &at_once, check, &err);
    if (!check->trial)
        conclude(check, NULL, &err);
}

static bool read_all(struct pc_check *check, struct pc_err *err)
{
    struct pc_engine *engine = check->engine;
    const struct pc_check_spec *spec = &check->spec;
    if (!pc_engine_limits(engine, spec->exercise, &check->limits, err) ||
        !pc_engine_prepare(engine, err) ||
        !pc_source_read(engine, spec->exercise, spec->use, spec->file, &check->source, err))
        return false;
    pc_hash_of(check->source.text, check->source.len, check->content);
    return true;
}

struct pc_check *pc_check_start(struct pc_engine *engine, const struct pc_check_spec *spec,
                                void (*event)(void *ctx, const struct pc_event *event),
                                void *ctx, struct pc_err *err)
{
    struct pc_check *check = pc_alloc(sizeof *check);
    check->engine = engine;
    check->spec = *spec;
    check->event = event;
    check->ctx = ctx;
    check->began = pc_now();
    if (!read_all(check, err)) {
        free_check(check);
        return NULL;
    }
    check->waiter = pc_engine_when_ready(engine, false, proving, ready, check);
    return check;
}
