#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/engine.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/exercise_text.h"
#include "tui/question.h"
#include "tui/searcher.h"
#include "tui/verdict_sheet.h"

enum { HISTORY = 20, FACTS_MAX = 80 };

struct exercise {
    struct pc_view view;
    struct pc_browser *browser;
    const struct pc_exercise *exercise;
    struct pc_limits limits;
    char *kernel;
    char facts[FACTS_MAX]; /* of the header */
    struct pc_status status;
    int hints; /* how many are shown */
    struct pc_reader reader;
    struct pc_searcher searcher;
};

static void settle(struct exercise *e)
{
    pc_reader_settle(&e->reader, pc_body(e->view.area), pc_app_is_ascii(e->browser->app));
}

static void tell_facts(struct exercise *e)
{
    static const char *const standings[] = {[PC_STANDING_OPEN] = "open",
                                            [PC_STANDING_TRIED] = "tried",
                                            [PC_STANDING_PASSED] = "passed"};
    enum pc_standing standing = e->status.standing;
    snprintf(e->facts, sizeof e->facts, "%s   %zu check%s",
             standing == PC_STANDING_PASSED ? pc_medal_name(e->status.medal)
                                            : standings[standing],
             e->status.attempts, e->status.attempts == 1 ? "" : "s");
}

static void compose(struct exercise *e)
{
    struct pc_engine *engine = e->browser->engine;
    struct pc_str text = {0};
    e->status = pc_engine_status(engine, e->exercise);
    struct pc_exercise_facts facts = {
        .exercise = e->exercise,
        .limits = &e->limits,
        .kernel = e->kernel,
        .only_asked = e->browser->only_asked,
        .status = e->status,
        .history = pc_engine_history(engine, e->exercise, HISTORY),
        .hints = e->hints,
    };
    if (!pc_engine_edited(engine, e->exercise, &facts.edited, NULL))
        facts.edited = true;
    pc_exercise_text(&text, &facts);
    pc_attempts_fini(&facts.history);
    tell_facts(e);
    size_t n = text.len;
    pc_reader_set(&e->reader, pc_str_take(&text), n);
    if (e->view.area.w > 0)
        settle(e);
    pc_app_changed(e->browser->app);
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct exercise *e = (const struct exercise *)view;
    char id[16];
    PC_AUTO(pc_auto_free) char *title =
        pc_strfmt("%s %s", pc_exercise_id(e->exercise, id), e->exercise->name);
    pc_browser_header(e->browser, canvas, view, title, e->facts, NULL);
    pc_reader_draw(&e->reader, canvas, pc_body(view->area));
    pc_footer_draw(canvas, view);
}

/* A check that begins while one looks at its exercise is shown. */
static enum pc_reaction event(struct pc_view *view, const struct pc_event *event)
{
    struct exercise *e = (struct exercise *)view;
    bool begins = event && pc_event_begins(event);
    if (!event || event->exercise != e->exercise)
        return PC_HANDLED;
    if (event->kind == PC_EVENT_VERDICT)
        compose(e);
    if (!begins || pc_app_top(e->browser->app) != view)
        return PC_REDRAW;
    view->opens = pc_check_create(e->browser, e->exercise);
    return PC_OPEN;
}

static enum pc_reaction check(struct exercise *e, bool quick)
{
    pc_browser_check(e->browser, e->exercise, quick);
    e->view.opens = pc_check_create(e->browser, e->exercise);
    return PC_OPEN;
}

static enum pc_reaction hint(struct exercise *e)
{
    if (e->hints >= (int)e->exercise->n_hints) {
        pc_app_say(e->browser->app, "that was the last hint");
        return PC_HANDLED;
    }
    e->hints++;
    pc_engine_hint_used(e->browser->engine, e->exercise, e->hints);
    compose(e);
    PC_AUTO(pc_auto_free) char *title =
        pc_strfmt("Hints, %d of %zu", e->hints, e->exercise->n_hints);
    pc_reader_go_to(&e->reader, pc_body(e->view.area), title);
    return PC_REDRAW;
}

static struct pc_view *reset_now(void *ctx)
{
    struct exercise *e = ctx;
    struct pc_err err;
    bool changed;
    if (!pc_engine_reset(e->browser->engine, e->exercise, &changed, &err))
        pc_app_say(e->browser->app, "%s", err.msg);
    else
        pc_app_say(e->browser->app,
                   changed ? "the starter is back; `perfcourse undo %s` brings yours again"
                           : "%s: it was the starter already",
                   e->exercise->name);
    compose(e);
    return NULL;
}

static enum pc_reaction reset(struct exercise *e)
{
    PC_AUTO(pc_auto_free) char *text = pc_strfmt(
        "Put the starter of %s back? Your file is kept for undo.", e->exercise->name);
    e->view.opens = pc_question_create(text, reset_now, e);
    return PC_OPEN;
}

static struct pc_view *reveal(void *ctx)
{
    struct exercise *e = ctx;
    struct pc_err err;
    pc_engine_revealed(e->browser->engine, e->exercise);
    compose(e);
    struct pc_view *view = pc_compare_create(e->browser, e->exercise, &err);
    if (!view)
        pc_app_say(e->browser->app, "%s", err.msg);
    return view;
}

/* After a pass the course's solution is there for the asking; before it, asking is
 * remembered. */
static enum pc_reaction compare(struct exercise *e)
{
    struct pc_err err;
    if (e->status.standing == PC_STANDING_PASSED || e->status.revealed)
        return pc_browser_open(e->browser, &e->view,
                               pc_compare_create(e->browser, e->exercise, &err), PC_OPEN,
                               &err);
    e->view.opens = pc_question_create(
        "Show the course's solution before you have passed? It will be noted in your "
        "progress; the hints (H) tell less.",
        reveal, e);
    return PC_OPEN;
}

static enum pc_reaction go_beside(struct exercise *e, int by)
{
    const struct pc_exercise *to = pc_browser_beside(e->exercise, by);
    const struct pc_topic *topic = e->exercise->topic;
    struct pc_err err;
    if (to)
        return pc_browser_open(e->browser, &e->view,
                               pc_exercise_create(e->browser, to, &err), PC_REPLACE, &err);
    /* Behind the last exercise are the topic's cards. */
    if (by > 0 && topic->n_cards > 0)
        return pc_browser_open(e->browser, &e->view,
                               pc_cards_create(e->browser, topic, &err), PC_REPLACE, &err);
    pc_app_say(e->browser->app, "this is the %s exercise of the topic",
               by > 0 ? "last" : "first");
    return PC_HANDLED;
}

static void copy(const struct exercise *e)
{
    const char *report = pc_checks_report(e->browser->checks, e->exercise);
    if (*report)
        pc_app_copy(e->browser->app, report, strlen(report));
    else
        pc_app_say(e->browser->app, "there is no report yet; c checks");
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct exercise *e = (struct exercise *)view;
    struct pc_err err;
    enum pc_reaction found = pc_searcher_act(&e->searcher, action, key);
    if (found != PC_IGNORED)
        return found;
    switch (action) {
    case PC_ACT_OPEN:
        view->opens = pc_check_create(e->browser, e->exercise);
        return PC_OPEN;
    case PC_ACT_CHECK:
    case PC_ACT_QUICK:
        return check(e, action == PC_ACT_QUICK);
    case PC_ACT_EDIT:
        pc_browser_edit(e->browser, e->exercise);
        return PC_HANDLED;
    case PC_ACT_HINT:
        return hint(e);
    case PC_ACT_DIFF:
        return pc_browser_open(e->browser, &e->view,
                               pc_changes_create(e->browser, e->exercise, &err), PC_OPEN,
                               &err);
    case PC_ACT_COMPARE:
        return compare(e);
    case PC_ACT_RESET:
        return reset(e);
    case PC_ACT_HISTORY:
        view->opens = pc_history_create(e->browser, e->exercise);
        return PC_OPEN;
    case PC_ACT_EXPERIMENT:
        return pc_browser_open(e->browser, view,
                               pc_experiment_create(e->browser, e->exercise->topic,
                                                    e->exercise->experiment, &err),
                               PC_OPEN, &err);
    case PC_ACT_PROFILE:
        return pc_browser_open(e->browser, view,
                               pc_profile_create(e->browser, e->exercise, true, &err),
                               PC_OPEN, &err);
    case PC_ACT_NEXT:
    case PC_ACT_PREVIOUS:
        return go_beside(e, action == PC_ACT_NEXT ? 1 : -1);
    case PC_ACT_COPY:
        copy(e);
        return PC_HANDLED;
    default:
        return pc_reader_act(&e->reader, pc_body(view->area), action);
    }
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    const struct exercise *e = (const struct exercise *)view;
    switch (action) {
    case PC_ACT_OPEN:
        return pc_checks_running(e->browser->checks) == e->exercise ||
               pc_checks_result(e->browser->checks, e->exercise);
    case PC_ACT_HINT:
        return e->exercise->n_hints > 0;
    case PC_ACT_EXPERIMENT:
        return e->exercise->experiment != NULL;
    case PC_ACT_CHECK:
    case PC_ACT_QUICK:
    case PC_ACT_EDIT:
    case PC_ACT_DIFF:
    case PC_ACT_COMPARE:
    case PC_ACT_RESET:
    case PC_ACT_HISTORY:
    case PC_ACT_PROFILE:
    case PC_ACT_COPY:
    case PC_ACT_NEXT:
    case PC_ACT_PREVIOUS:
        return true;
    default:
        return pc_searcher_can(&e->searcher, action) || pc_action_moves(action) ||
               pc_action_is_everywhere(action);
    }
}

static enum pc_find find(struct pc_view *view, const char *words, bool backwards)
{
    struct exercise *e = (struct exercise *)view;
    return pc_reader_find(&e->reader, pc_body(view->area), words, backwards);
}

static void end_find(struct pc_view *view)
{
    struct exercise *e = (struct exercise *)view;
    pc_reader_end_find(&e->reader, pc_body(view->area));
}

static void resize(struct pc_view *view)
{
    settle((struct exercise *)view);
}

static void drop(struct pc_view *view)
{
    struct exercise *e = (struct exercise *)view;
    pc_limits_fini(&e->limits);
    pc_reader_fini(&e->reader);
    free(e->kernel);
    free(e);
}

struct pc_view *pc_exercise_create(struct pc_browser *browser,
                                   const struct pc_exercise *exercise, struct pc_err *err)
{
    static const struct pc_view_ops ops = {.name = "exercise",
                                           .screen = PC_SCREEN_EXERCISE,
                                           .draw = draw,
                                           .act = act,
                                           .event = event,
                                           .can = can,
                                           .resize = resize,
                                           .free = drop};
    static const struct pc_search_ops search = {.find = find, .end = end_find};
    struct exercise *e = pc_alloc(sizeof *e);
    e->view.ops = &ops;
    e->browser = browser;
    e->exercise = exercise;
    e->searcher =
        (struct pc_searcher){.ops = &search, .app = browser->app, .view = &e->view};
    if (!pc_engine_limits(browser->engine, exercise, &e->limits, err) ||
        !pc_checks_follow(browser->checks, exercise, err)) {
        drop(&e->view);
        return NULL;
    }
    e->kernel = pc_engine_kernel(browser->engine, exercise);
    struct pc_status status = pc_engine_status(browser->engine, exercise);
    e->hints =
        status.hints < (int)exercise->n_hints ? status.hints : (int)exercise->n_hints;
    compose(e);
    return &e->view;
}
