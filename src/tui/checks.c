#include "tui/checks.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "engine/engine.h"
#include "report/text.h"

/* One exercise of the session. */
struct known {
    const struct pc_exercise *exercise;
    struct pc_result result, reference;
    char *report;
};

struct pc_checks {
    struct pc_engine *engine;
    const struct pc_checks_ops *ops;
    void *ctx;
    struct pc_follow *follow;
    struct {
        struct known *items;
        size_t n, cap;
    } known;
    /* The check of a kernel that runs; its exercise is NULL when there is none. */
    struct pc_result current;
    struct pc_text_report lines;
    struct pc_str report;
    /* The measurement of a reference. */
    struct pc_check *measured;
    struct pc_result measuring;
};

static struct known *find(const struct pc_checks *checks,
                          const struct pc_exercise *exercise)
{
    for (size_t i = 0; i < checks->known.n; i++)
        if (checks->known.items[i].exercise == exercise)
            return &checks->known.items[i];
    return NULL;
}

static struct known *know(struct pc_checks *checks, const struct pc_exercise *exercise)
{
    struct known *known = find(checks, exercise);
    if (known)
        return known;
    known = PC_PUSH(&checks->known);
    known->exercise = exercise;
    return known;
}

/* A check ends the measurement: both would disturb each other. */
static void stop_measuring(struct pc_checks *checks)
{
    if (checks->measured)
        pc_check_cancel(PC_TAKE(checks->measured));
    pc_result_fini(&checks->measuring);
}

static void forget_current(struct pc_checks *checks)
{
    pc_result_fini(&checks->current);
    pc_str_fini(&checks->report);
    checks->lines = (struct pc_text_report){0};
}

/* Move what the check has found to the exercise's place. */
static void keep(struct pc_checks *checks)
{
    struct known *known = know(checks, checks->current.exercise);
    pc_result_fini(&known->result);
    free(known->report);
    known->result = checks->current;
    known->report = pc_str_take(&checks->report);
    checks->current = (struct pc_result){0};
    forget_current(checks);
}

static void on_event(void *ctx, const struct pc_event *event)
{
    struct pc_checks *checks = ctx;
    bool begins = pc_event_begins(event);
    if (begins) {
        stop_measuring(checks);
        forget_current(checks);
    }
    pc_result_add(&checks->current, event, pc_wall_clock_ms());
    pc_text_event(&checks->lines, event, &checks->report);
    if (event->kind == PC_EVENT_VERDICT)
        keep(checks);
    checks->ops->event(checks->ctx, event, false);
}

static void on_trouble(void *ctx, const struct pc_exercise *exercise,
                       const struct pc_err *err)
{
    struct pc_checks *checks = ctx;
    forget_current(checks);
    checks->ops->trouble(checks->ctx, exercise, err);
}

struct pc_checks *pc_checks_create(struct pc_engine *engine, bool only_asked,
                                   const struct pc_checks_ops *ops, void *ctx,
                                   struct pc_err *err)
{
    static const struct pc_follow_ops follow_ops = {.event = on_event,
                                                    .trouble = on_trouble};
    struct pc_follow_spec spec = {.budget_ms = PC_CHECK_BUDGET_MS,
                                  .only_asked = only_asked};
    struct pc_checks *checks = pc_alloc(sizeof *checks);
    checks->engine = engine;
    checks->ops = ops;
    checks->ctx = ctx;
    checks->follow = pc_follow_start(engine, &spec, &follow_ops, checks, err);
    if (checks->follow)
        return checks;
    pc_checks_free(checks);
    return NULL;
}

void pc_checks_free(struct pc_checks *checks)
{
    if (!checks)
        return;
    stop_measuring(checks);
    pc_follow_stop(checks->follow);
    forget_current(checks);
    for (size_t i = 0; i < checks->known.n; i++) {
        pc_result_fini(&checks->known.items[i].result);
        pc_result_fini(&checks->known.items[i].reference);
        free(checks->known.items[i].report);
    }
    free(checks->known.items);
    free(checks);
}

bool pc_checks_follow(struct pc_checks *checks, const struct pc_exercise *exercise,
                      struct pc_err *err)
{
    return pc_follow_add(checks->follow, exercise, err);
}

void pc_checks_start(struct pc_checks *checks, const struct pc_exercise *exercise,
                     bool quick)
{
    stop_measuring(checks);
    pc_follow_check(checks->follow, exercise, quick);
}

void pc_checks_measure_on(struct pc_checks *checks, const struct pc_exercise *exercise)
{
    stop_measuring(checks);
    pc_follow_measure_on(checks->follow, exercise, PC_CAREFUL_BUDGET_MS);
}

int64_t pc_checks_budget(const struct pc_checks *checks)
{
    return pc_follow_budget(checks->follow);
}

static void on_measured(void *ctx, const struct pc_event *event)
{
    struct pc_checks *checks = ctx;
    pc_result_add(&checks->measuring, event, pc_wall_clock_ms());
    if (event->kind == PC_EVENT_VERDICT) {
        struct known *known = know(checks, event->exercise);
        pc_result_fini(&known->reference);
        known->reference = checks->measuring;
        checks->measuring = (struct pc_result){0};
        checks->measured = NULL;
    }
    checks->ops->event(checks->ctx, event, true);
}

bool pc_checks_start_reference(struct pc_checks *checks, const struct pc_exercise *exercise,
                               struct pc_err *err)
{
    struct pc_check_spec spec = {.exercise = exercise,
                                 .use = PC_USE_REFERENCE,
                                 .seed = pc_rng_fresh_seed(),
                                 .budget_ms = PC_CHECK_BUDGET_MS};
    if (pc_checks_running(checks))
        return true;
    stop_measuring(checks);
    checks->measured = pc_check_start(checks->engine, &spec, on_measured, checks, err);
    return checks->measured != NULL;
}

bool pc_checks_is_measuring(const struct pc_checks *checks)
{
    return checks->measured != NULL;
}

bool pc_checks_cancel(struct pc_checks *checks)
{
    bool ran = checks->measured != NULL;
    stop_measuring(checks);
    ran = pc_follow_cancel(checks->follow) || ran;
    forget_current(checks);
    return ran;
}

const struct pc_exercise *pc_checks_running(const struct pc_checks *checks)
{
    return pc_follow_running(checks->follow);
}

const struct pc_result *pc_checks_current(const struct pc_checks *checks)
{
    return &checks->current;
}

const struct pc_result *pc_checks_result(const struct pc_checks *checks,
                                         const struct pc_exercise *exercise)
{
    const struct known *known = find(checks, exercise);
    return known && known->result.seen.verdict ? &known->result : NULL;
}

const struct pc_result *pc_checks_reference(const struct pc_checks *checks,
                                            const struct pc_exercise *exercise)
{
    const struct known *known = find(checks, exercise);
    return known && known->reference.seen.verdict ? &known->reference : NULL;
}

const char *pc_checks_report(const struct pc_checks *checks,
                             const struct pc_exercise *exercise)
{
    const struct known *known = find(checks, exercise);
    return known && known->report ? known->report : "";
}
