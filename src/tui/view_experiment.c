#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/engine.h"
#include "report/experiment.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/experiment_picture.h"

enum { COPY_WIDTH = 76, NARROW = 60 };

struct experiment {
    struct pc_view view;
    struct pc_browser *browser;
    const struct pc_topic *topic;
    struct pc_experiment_state state;
    struct pc_experiment_picture picture;
    struct pc_str report; /* as text, for the clipboard */
    struct pc_experiment_run *run;
    int runs;
};

static void settle(struct experiment *e)
{
    if (e->view.area.w > 0)
        pc_experiment_picture_settle(&e->picture, pc_body(e->view.area),
                                     pc_app_is_ascii(e->browser->app));
}

static void stop(struct pc_view *view);

/* While something is measured frames keep their distance; a question comes at once. */
static void changed(struct experiment *e)
{
    bool live = pc_experiment_state_is_live(&e->state);
    pc_app_measuring(e->browser->app, live && !pc_experiment_state_question(&e->state));
    pc_browser_measures(e->browser, &e->view, live ? stop : NULL);
    settle(e);
    pc_app_changed(e->browser->app);
}

/* The first answer to a question counts; somebody who knows the truth by now is told so. */
static void recall(struct experiment *e, const struct pc_question *question)
{
    struct pc_prediction first;
    PC_AUTO(pc_auto_free) char *name = pc_strfmt(
        "%02d/%s/%zu", e->topic->number, e->picture.experiment->name, question->number);
    if (pc_engine_prediction(e->browser->engine, name, &first))
        pc_experiment_state_first(&e->state, first.answer, first.right);
}

static void on_event(void *ctx, const struct pc_experiment_event *event)
{
    struct experiment *e = ctx;
    pc_experiment_text(event, COPY_WIDTH, &e->report);
    pc_experiment_state_event(&e->state, event);
    if (event->kind == PC_EXPERIMENT_PREDICT) {
        recall(e, event->prediction);
        e->picture.pager.top = 0;
    } else if (event->kind == PC_EXPERIMENT_DONE) {
        e->run = NULL;
        e->picture.pager.top = 0;
    }
    changed(e);
}

static bool start(struct experiment *e, struct pc_err *err)
{
    static const struct pc_experiment_ops ops = {.event = on_event};
    struct pc_experiment_spec spec = {.topic = e->topic,
                                      .experiment = e->picture.experiment,
                                      .seed = pc_rng_fresh_seed()};
    if (!pc_browser_may_measure(e->browser, err))
        return false;
    e->run = pc_experiment_start(e->browser->engine, &spec, &ops, e, err);
    if (e->run)
        e->runs++;
    return e->run != NULL;
}

/* What is shown stays. */
static void stop(struct pc_view *view)
{
    struct experiment *e = (struct experiment *)view;
    if (!pc_experiment_state_is_live(&e->state))
        return;
    if (e->run)
        pc_experiment_cancel(PC_TAKE(e->run));
    pc_str_adds(&e->report, "\ncancelled\n");
    pc_experiment_state_cancel(&e->state);
    changed(e);
}

static enum pc_reaction run_again(struct experiment *e)
{
    struct pc_err err;
    if (!start(e, &err)) {
        pc_app_say(e->browser->app, "%s", err.msg);
        return PC_HANDLED;
    }
    pc_experiment_state_fini(&e->state);
    pc_str_fini(&e->report);
    e->picture.pager.top = 0;
    e->picture.hidden = 0;
    changed(e);
    return PC_HANDLED;
}

static enum pc_reaction answer(struct experiment *e, size_t choice)
{
    const struct pc_asked *question = pc_experiment_state_question(&e->state);
    if (choice > question->choices.n) {
        pc_app_say(e->browser->app, "there are the answers 1 to %zu", question->choices.n);
        return PC_HANDLED;
    }
    pc_experiment_state_answer(&e->state, choice);
    pc_experiment_answer(e->run, choice);
    changed(e);
    return PC_HANDLED;
}

static enum pc_reaction leave(struct experiment *e)
{
    if (pc_experiment_state_is_live(&e->state)) {
        stop(&e->view);
        pc_app_say(e->browser->app,
                   "cancelled: an experiment is measured only while it is shown");
    }
    return PC_CLOSE;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct experiment *e = (struct experiment *)view;
    switch (action) {
    case PC_ACT_ANSWER:
        return answer(e, key > '0' ? (size_t)(key - '0') : 0);
    case PC_ACT_OPEN:
        return pc_experiment_state_question(&e->state) ? answer(e, 0) : PC_CLOSE;
    case PC_ACT_RUN_AGAIN:
        return run_again(e);
    case PC_ACT_BACK:
        return leave(e);
    case PC_ACT_COPY:
        pc_app_copy(e->browser->app, pc_str_get(&e->report), e->report.len);
        return PC_HANDLED;
    default:
        break;
    }
    if (pc_action_is_everywhere(action))
        return PC_IGNORED;
    enum pc_reaction reaction = pc_experiment_picture_act(&e->picture, action);
    if (reaction == PC_REDRAW)
        settle(e);
    return reaction;
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    const struct experiment *e = (const struct experiment *)view;
    bool live = pc_experiment_state_is_live(&e->state);
    bool asks = pc_experiment_state_question(&e->state) != NULL;
    switch (action) {
    case PC_ACT_ANSWER:
        return asks;
    case PC_ACT_OPEN:
        return asks || !live;
    case PC_ACT_RUN_AGAIN:
        return !live;
    case PC_ACT_COPY:
        return e->report.len > 0;
    default:
        return pc_action_is_everywhere(action) ||
               pc_experiment_picture_can(&e->picture, action);
    }
}

/* A kernel that was saved is checked at once, and the two would disturb each other. */
static enum pc_reaction event(struct pc_view *view, const struct pc_event *what)
{
    struct experiment *e = (struct experiment *)view;
    bool begins = what && pc_event_begins(what);
    if (!begins || !pc_experiment_state_is_live(&e->state))
        return PC_IGNORED;
    stop(view);
    pc_app_say(e->browser->app, "cancelled: a kernel was saved and is being checked");
    return PC_REDRAW;
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    static const char *const phases[] = {[PC_EXPERIMENT_PREPARING] = "getting ready",
                                         [PC_EXPERIMENT_RUNNING] = "measuring",
                                         [PC_EXPERIMENT_ASKING] = "asks you",
                                         [PC_EXPERIMENT_COMPLETE] = "done",
                                         [PC_EXPERIMENT_FAILED] = "ended early",
                                         [PC_EXPERIMENT_CANCELLED] = "cancelled"};
    const struct experiment *e = (const struct experiment *)view;
    char facts[64], times[24] = "";
    if (e->runs > 1)
        snprintf(times, sizeof times, "run %d   ", e->runs);
    if (view->area.w < NARROW || e->state.n_points == 0)
        snprintf(facts, sizeof facts, "%s", phases[e->state.phase]);
    else
        snprintf(facts, sizeof facts, "%s%zu point%s   %s", times, e->state.n_points,
                 e->state.n_points == 1 ? "" : "s", phases[e->state.phase]);
    PC_AUTO(pc_auto_free) char *title =
        pc_strfmt("%02d › %s", e->topic->number, e->picture.experiment->title);
    pc_browser_header(e->browser, canvas, view, title, facts, NULL);
    pc_experiment_picture_draw(&e->picture, canvas);
    pc_footer_draw(canvas, view);
}

/* A question can wait for ever. */
static bool is_busy(const struct pc_view *view)
{
    const struct experiment *e = (const struct experiment *)view;
    return pc_experiment_state_is_live(&e->state) &&
           !pc_experiment_state_question(&e->state);
}

static void resize(struct pc_view *view)
{
    settle((struct experiment *)view);
}

static void free_experiment(struct pc_view *view)
{
    struct experiment *e = (struct experiment *)view;
    stop(view);
    pc_experiment_picture_fini(&e->picture);
    pc_experiment_state_fini(&e->state);
    pc_str_fini(&e->report);
    free(e);
}

struct pc_view *pc_experiment_create(struct pc_browser *browser,
                                     const struct pc_topic *topic,
                                     const struct pc_experiment *experiment,
                                     struct pc_err *err)
{
    static const struct pc_view_ops ops = {.name = "experiment",
                                           .screen = PC_SCREEN_EXPERIMENT,
                                           .draw = draw,
                                           .act = act,
                                           .can = can,
                                           .event = event,
                                           .is_busy = is_busy,
                                           .resize = resize,
                                           .free = free_experiment};
    struct experiment *e = pc_alloc(sizeof *e);
    e->view.ops = &ops;
    e->browser = browser;
    e->topic = topic;
    e->picture =
        (struct pc_experiment_picture){.experiment = experiment, .state = &e->state};
    if (!start(e, err)) {
        e->state.phase = PC_EXPERIMENT_FAILED;
        free_experiment(&e->view);
        return NULL;
    }
    changed(e);
    return &e->view;
}
