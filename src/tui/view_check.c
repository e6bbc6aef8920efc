#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/engine.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/checking_sheet.h"
#include "tui/verdict_sheet.h"

/* One view with two screens: while the check runs, and when there is a verdict. */
struct check {
    struct pc_view view;
    struct pc_browser *browser;
    const struct pc_exercise *exercise;
    bool output; /* what compiler and kernel say is shown while it runs */
    struct pc_sheet sheet;
};

static const struct pc_view_ops checking, verdict;

static bool is_running(const struct check *c)
{
    return pc_checks_running(c->browser->checks) == c->exercise;
}

static const struct pc_result *result_of(const struct check *c)
{
    return pc_checks_result(c->browser->checks, c->exercise);
}

static void write_verdict(struct check *c, const struct pc_result *result)
{
    struct pc_engine *engine = c->browser->engine;
    struct pc_attempts history = pc_engine_history(engine, c->exercise, 2);
    struct pc_attempt best;
    bool has_best = pc_engine_best(engine, c->exercise, &best);
    bool is_best = has_best && history.n > 0 && best.when == history.items[0].when;
    const struct pc_verdict_context context = {
        .best = has_best && !is_best ? &best : NULL,
        .before = history.n > 1 ? &history.items[1] : NULL,
        .reference = pc_checks_reference(c->browser->checks, c->exercise),
        .next = pc_browser_beside(c->exercise, 1),
    };
    pc_verdict_write(&c->sheet, result, &context);
    pc_attempts_fini(&history);
}

/* A check that was cancelled shows the verdict that was there before, if any. */
static void compose(struct check *c)
{
    struct pc_area body = pc_body(c->view.area);
    const struct pc_result *result = result_of(c);
    if (body.w < 1)
        return;
    pc_sheet_begin(&c->sheet, body.w, pc_app_is_ascii(c->browser->app));
    c->view.ops = is_running(c) ? &checking : &verdict;
    if (is_running(c))
        pc_checking_write(&c->sheet, pc_checks_current(c->browser->checks),
                          pc_checks_budget(c->browser->checks), c->output);
    else if (result)
        write_verdict(c, result);
    else
        pc_sheet_line(&c->sheet, 1, PC_STYLE_TEXT, "No check has come to a verdict yet.");
}

static void tell_facts(const struct check *c, char *facts, size_t n)
{
    enum { CLOCK_AT = 11 }; /* of "2024-11-20 10:22" */
    char when[PC_WHEN_MAX];
    const struct pc_result *result = result_of(c);
    *facts = '\0';
    if (is_running(c)) {
        const struct pc_result *current = pc_checks_current(c->browser->checks);
        snprintf(facts, n, "%s   %.1f s", pc_checking_words(current),
                 (double)current->wall_ns / 1e9);
    } else if (result) {
        snprintf(facts, n, "%s   %s   %.1f s", pc_verdict_words(&result->verdict),
                 pc_format_when(result->when, when) + CLOCK_AT,
                 (double)result->wall_ns / 1e9);
    }
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct check *c = (const struct check *)view;
    char id[16], facts[64];
    tell_facts(c, facts, sizeof facts);
    PC_AUTO(pc_auto_free) char *title =
        pc_strfmt("%s %s › %s", pc_exercise_id(c->exercise, id), c->exercise->name,
                  view->ops == &checking ? "check" : "verdict");
    pc_browser_header(c->browser, canvas, view, title, facts, c->exercise);
    pc_sheet_show(&c->sheet, canvas, pc_body(view->area));
    pc_footer_draw(canvas, view);
}

static enum pc_reaction event(struct pc_view *view, const struct pc_event *event)
{
    struct check *c = (struct check *)view;
    if (event && event->exercise != c->exercise)
        return PC_HANDLED;
    if (!event || event->kind == PC_EVENT_BUILDING || event->kind == PC_EVENT_VERDICT)
        c->sheet.top = 0;
    compose(c);
    return PC_REDRAW;
}

/* A verdict that is unsure asks for more time, not for the same again. */
static void check_again(struct check *c, bool quick)
{
    const struct pc_result *result = result_of(c);
    if (!quick && result && result->verdict.code == PC_UNSURE)
        pc_browser_measure_on(c->browser, c->exercise);
    else
        pc_browser_check(c->browser, c->exercise, quick);
}

/* What belongs to the exercise is done by its view, which is below. */
static enum pc_reaction pass(struct check *c, enum pc_action action)
{
    c->view.passes = action;
    return PC_PASS;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct check *c = (struct check *)view;
    const char *report = pc_checks_report(c->browser->checks, c->exercise);
    struct pc_err err;
    (void)key;
    switch (action) {
    case PC_ACT_CHECK:
    case PC_ACT_QUICK:
        check_again(c, action == PC_ACT_QUICK);
        compose(c);
        return PC_REDRAW;
    case PC_ACT_EDIT:
        pc_browser_edit(c->browser, c->exercise);
        return PC_HANDLED;
    case PC_ACT_OPEN:
        return pass(c, PC_ACT_NEXT);
    case PC_ACT_HINT:
    case PC_ACT_COMPARE:
    case PC_ACT_PROFILE:
        return pass(c, action);
    case PC_ACT_DIFF:
        return pc_browser_open(c->browser, view,
                               pc_changes_create(c->browser, c->exercise, &err), PC_OPEN,
                               &err);
    case PC_ACT_HISTORY:
        view->opens = pc_history_create(c->browser, c->exercise);
        return PC_OPEN;
    case PC_ACT_TABLE:
        c->output = !c->output;
        compose(c);
        return PC_REDRAW;
    case PC_ACT_COPY:
        pc_app_copy(c->browser->app, report, strlen(report));
        return PC_HANDLED;
    default:
        return pc_sheet_act(&c->sheet, pc_body(view->area).h, action);
    }
}

static bool moves_or_is_everywhere(enum pc_action action)
{
    return pc_action_moves_rows(action) || pc_action_is_everywhere(action);
}

static bool can_checking(const struct pc_view *view, enum pc_action action)
{
    (void)view;
    return action == PC_ACT_TABLE || moves_or_is_everywhere(action);
}

static bool can_verdict(const struct pc_view *view, enum pc_action action)
{
    const struct check *c = (const struct check *)view;
    const struct pc_result *result = result_of(c);
    bool passed = result && result->verdict.code == PC_PASSED;
    switch (action) {
    case PC_ACT_OPEN:
        return passed;
    case PC_ACT_HINT:
        return !passed && c->exercise->n_hints > 0;
    case PC_ACT_COPY:
        return result != NULL;
    case PC_ACT_CHECK:
    case PC_ACT_QUICK:
    case PC_ACT_EDIT:
    case PC_ACT_COMPARE:
    case PC_ACT_DIFF:
    case PC_ACT_HISTORY:
    case PC_ACT_PROFILE:
        return true;
    default:
        return moves_or_is_everywhere(action);
    }
}

static bool is_busy(const struct pc_view *view)
{
    return is_running((const struct check *)view);
}

static void resize(struct pc_view *view)
{
    compose((struct check *)view);
}

static void drop(struct pc_view *view)
{
    struct check *c = (struct check *)view;
    pc_sheet_fini(&c->sheet);
    free(c);
}

static const struct pc_view_ops checking = {.name = "check",
                                            .screen = PC_SCREEN_CHECK,
                                            .draw = draw,
                                            .act = act,
                                            .event = event,
                                            .can = can_checking,
                                            .is_busy = is_busy,
                                            .resize = resize,
                                            .free = drop};
static const struct pc_view_ops verdict = {.name = "verdict",
                                           .screen = PC_SCREEN_VERDICT,
                                           .draw = draw,
                                           .act = act,
                                           .event = event,
                                           .can = can_verdict,
                                           .is_busy = is_busy,
                                           .resize = resize,
                                           .free = drop};

struct pc_view *pc_check_create(struct pc_browser *browser,
                                const struct pc_exercise *exercise)
{
    struct check *c = pc_alloc(sizeof *c);
    c->browser = browser;
    c->exercise = exercise;
    c->view.ops = is_running(c) ? &checking : &verdict;
    return &c->view;
}
