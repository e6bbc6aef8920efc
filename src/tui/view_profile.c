#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/engine.h"
#include "engine/kept.h"
#include "engine/profile.h"
#include "report/profile.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/key.h"
#include "tui/profile_kinds.h"
#include "tui/profile_question.h"
#include "tui/profile_shelf.h"
#include "tui/searcher.h"

enum { COPY_WIDTH = 76, COPY_TOP = 10 };

enum state { RUNNING, ASKING, SHOWN, FAILED, CANCELLED };

struct profile {
    struct pc_view view;
    struct pc_browser *browser;
    const struct pc_exercise *exercise;
    bool asks;
    enum pc_profile_kind kind; /* that is shown, or being taken */
    enum state state;
    struct pc_profile_run *run;
    struct pc_profile_shelf shelf;
    struct pc_profile_picture *picture; /* of the shelf; NULL: there is nothing to show */
    bool changed;                       /* the kernel was saved since */
    struct pc_profile_question question;
    struct pc_sheet trouble; /* why there is nothing */
    struct pc_err err;
    struct pc_searcher searcher;
};

static void settle(struct profile *p)
{
    bool ascii = pc_app_is_ascii(p->browser->app);
    struct pc_area body = pc_body(p->view.area);
    if (body.w < 1)
        return;
    if (p->picture)
        pc_profile_picture_settle(p->picture, body, ascii);
    pc_sheet_begin(&p->trouble, body.w, ascii);
    pc_sheet_prose(&p->trouble, 1, PC_STYLE_TEXT, p->err.msg);
}

static void stop(struct pc_view *view);

static void changed(struct profile *p)
{
    pc_app_measuring(p->browser->app, p->state == RUNNING);
    pc_browser_measures(p->browser, &p->view, p->state == RUNNING ? stop : NULL);
    settle(p);
    pc_app_changed(p->browser->app);
}

/* Show what was found, beside what was there before the kernel was changed. */
static void show(struct profile *p, const struct pc_profiled *found)
{
    char id[16];
    struct pc_profile before;
    struct pc_engine *engine = p->browser->engine;
    bool compares = pc_kept_before(engine, p->exercise, found, &before);
    pc_kept_add(engine, p->exercise, found);
    p->picture = pc_profile_shelf_put(&p->shelf, found, compares ? &before : NULL,
                                      pc_exercise_id(p->exercise, id), p->picture);
    pc_profile_question_make(&p->question, &p->picture->top, &p->picture->profile,
                             pc_profile_kind_row(p->kind)->takes);
    p->state = p->asks && p->question.n > 0 ? ASKING : SHOWN;
    PC_AUTO(pc_auto_free) char *note = pc_engine_progress_note(engine);
    if (note)
        pc_app_say(p->browser->app, "%s", note);
}

static void done(void *ctx, const struct pc_profiled *found, const struct pc_err *trouble)
{
    struct profile *p = ctx;
    p->run = NULL;
    if (trouble) {
        p->err = *trouble;
        p->state = FAILED;
        p->picture = NULL;
    } else {
        show(p, found);
    }
    changed(p);
}

static bool start(struct profile *p, struct pc_err *err)
{
    const struct pc_profile_spec spec = {.exercise = p->exercise,
                                         .use = PC_USE_LEARNERS,
                                         .kind = p->kind,
                                         .seed = pc_rng_fresh_seed()};
    if (!pc_browser_may_measure(p->browser, err))
        return false;
    p->run = pc_profile_start(p->browser->engine, &spec, done, p, err);
    if (!p->run)
        return false;
    p->state = RUNNING;
    p->changed = false;
    p->searcher.active = false;
    return true;
}

/* What was shown before stays. */
static void stop(struct pc_view *view)
{
    struct profile *p = (struct profile *)view;
    if (p->state != RUNNING)
        return;
    if (p->run)
        pc_profile_cancel(PC_TAKE(p->run));
    p->state = p->picture ? SHOWN : CANCELLED;
    if (p->picture)
        p->kind = p->picture->profile.kind;
    changed(p);
}

static enum pc_reaction run_again(struct profile *p, enum pc_profile_kind kind)
{
    struct pc_err err;
    enum pc_profile_kind before = p->kind;
    p->kind = kind;
    if (start(p, &err)) {
        changed(p);
        return PC_REDRAW;
    }
    p->kind = before;
    pc_app_say(p->browser->app, "%s", err.msg);
    return PC_HANDLED;
}

/* What was taken of a kind is shown again while the kernel is the same. */
static enum pc_reaction switch_kind(struct profile *p,
                                    const struct pc_profile_kind_row *kind)
{
    size_t n;
    struct pc_engine *engine = p->browser->engine;
    PC_AUTO(pc_auto_free) char *text =
        pc_engine_source(engine, p->exercise, PC_USE_LEARNERS, NULL, &n, NULL);
    struct pc_profile_picture *there =
        pc_profile_shelf_find(&p->shelf, kind->kind, text, p->picture);
    stop(&p->view);
    if (!there)
        return run_again(p, kind->kind);
    p->picture = there;
    p->kind = kind->kind;
    p->state = SHOWN;
    p->changed = false;
    changed(p);
    return PC_REDRAW;
}

/* Of several predictions for one kernel the first counts, as for those of experiments. */
static enum pc_reaction answer(struct profile *p, size_t choice)
{
    struct pc_str text = {0};
    if (choice >= p->question.n) {
        pc_app_say(p->browser->app, "there are the answers 1 to %zu", p->question.n);
        return PC_HANDLED;
    }
    uint32_t function = p->question.choices[choice].function;
    PC_AUTO(pc_auto_free) char *name =
        pc_strfmt("%02d/%s/profile%s", p->exercise->topic->number, p->exercise->name,
                  pc_profile_kind_row(p->kind)->question);
    pc_engine_predicted(p->browser->engine, name,
                        p->picture->profile.functions.items[function].name,
                        p->question.choices[choice].is_right);
    pc_profile_question_score(&p->question, choice, &text);
    pc_app_say(p->browser->app, "%s", pc_str_get(&text));
    free(p->picture->guess);
    p->picture->guess = pc_str_take(&text);
    p->state = SHOWN;
    settle(p);
    return PC_REDRAW;
}

static enum pc_reaction leave(struct profile *p, int key)
{
    if (p->state == SHOWN && p->picture->tab == PC_TAB_FLAME && key != 0 &&
        pc_profile_picture_can(p->picture, PC_ACT_UNZOOM))
        return pc_profile_picture_act(p->picture, PC_ACT_UNZOOM, key);
    if (p->state == RUNNING) {
        stop(&p->view);
        pc_app_say(p->browser->app, "cancelled: a profile is taken only while it is shown");
    }
    return PC_CLOSE;
}

static void copy(const struct profile *p)
{
    const struct pc_profile_view view = {.width = COPY_WIDTH, .top = COPY_TOP};
    struct pc_str text = {0};
    struct pc_err err;
    if (pc_profile_text(&p->picture->found, &view, &text, &err))
        pc_app_copy(p->browser->app, pc_str_get(&text), text.len);
    pc_str_fini(&text);
}

/* A question waits for its answer. */
static bool can_switch(const struct profile *p)
{
    return p->state != ASKING;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct profile *p = (struct profile *)view;
    if (p->state == SHOWN) {
        enum pc_reaction found = pc_searcher_act(&p->searcher, action, key);
        if (found != PC_IGNORED)
            return found;
    }
    const struct pc_profile_kind_row *kind = pc_profile_kind_chosen(action, p->kind);
    if (kind && can_switch(p))
        return switch_kind(p, kind);
    switch (action) {
    case PC_ACT_RUN_AGAIN:
        return run_again(p, p->kind);
    case PC_ACT_EDIT:
        pc_browser_edit_at(p->browser, p->exercise,
                           p->picture ? pc_profile_picture_line(p->picture) : 0);
        return PC_HANDLED;
    case PC_ACT_BACK:
        return leave(p, key);
    case PC_ACT_COPY:
        copy(p);
        return PC_HANDLED;
    default:
        break;
    }
    if (pc_action_is_everywhere(action))
        return PC_IGNORED;
    if (p->state == ASKING && action == PC_ACT_ANSWER)
        return answer(p, (size_t)(key - '1'));
    if (p->state == ASKING && action == PC_ACT_OPEN) {
        p->state = SHOWN;
        settle(p);
        return PC_REDRAW;
    }
    if (p->state != SHOWN)
        return PC_IGNORED;
    return pc_profile_picture_act(p->picture, action, key);
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    const struct profile *p = (const struct profile *)view;
    if (pc_profile_kind_chosen(action, p->kind))
        return can_switch(p);
    switch (action) {
    case PC_ACT_RUN_AGAIN:
        return p->state != RUNNING && p->state != ASKING;
    case PC_ACT_EDIT:
        return p->state != RUNNING;
    case PC_ACT_COPY:
        return p->state == SHOWN;
    default:
        break;
    }
    if (pc_action_is_everywhere(action))
        return true;
    if (p->state == ASKING)
        return action == PC_ACT_ANSWER || action == PC_ACT_OPEN;
    return p->state == SHOWN && (pc_searcher_can(&p->searcher, action) ||
                                 pc_profile_picture_can(p->picture, action));
}

/* A kernel that was saved is checked at once, and the two would disturb each other. */
static enum pc_reaction event(struct pc_view *view, const struct pc_event *what)
{
    struct profile *p = (struct profile *)view;
    if (!what || !pc_event_begins(what))
        return PC_IGNORED;
    p->changed |= what->exercise == p->exercise;
    if (p->state == RUNNING) {
        stop(view);
        pc_app_say(p->browser->app, "cancelled: a kernel was saved and is being checked");
    }
    return PC_REDRAW;
}

static enum pc_find find(struct pc_view *view, const char *words, bool backwards)
{
    return pc_profile_picture_find(((struct profile *)view)->picture, words, backwards);
}

static void end_find(struct pc_view *view)
{
    pc_profile_picture_end_find(((struct profile *)view)->picture);
}

static enum pc_reaction click(struct pc_view *view, int x, int y)
{
    struct profile *p = (struct profile *)view;
    return p->state == SHOWN ? pc_profile_picture_click(p->picture, x, y) : PC_IGNORED;
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    static const char *const states[] = {[RUNNING] = "profiling",
                                         [ASKING] = "asks you",
                                         [SHOWN] = "",
                                         [FAILED] = "failed",
                                         [CANCELLED] = "cancelled"};
    const struct profile *p = (const struct profile *)view;
    struct pc_area body = pc_body(view->area);
    char id[16];
    PC_AUTO(pc_auto_free) char *title =
        pc_strfmt("%s %s › profile", pc_exercise_id(p->exercise, id), p->exercise->name);
    PC_AUTO(pc_auto_free) char *facts =
        pc_strfmt("%s%s   %s", p->changed ? "saved since; r again   " : "",
                  pc_profile_kind_row(p->kind)->fact, states[p->state]);
    pc_browser_header(p->browser, canvas, view, title, facts, NULL);
    if (p->state == SHOWN)
        pc_profile_picture_draw(p->picture, canvas, body);
    else if (p->state == ASKING)
        pc_profile_question_draw(&p->question, canvas, body);
    else if (p->state == FAILED)
        pc_sheet_show(&p->trouble, canvas, body);
    else
        pc_canvas_cut(canvas, body, 1, 1, body.w - 2, PC_STYLE_TEXT,
                      p->state == RUNNING ? pc_profile_kind_row(p->kind)->patience
                                          : "Cancelled; r profiles again.");
    pc_footer_draw(canvas, view);
}

static bool is_busy(const struct pc_view *view)
{
    return ((const struct profile *)view)->state == RUNNING;
}

static void resize(struct pc_view *view)
{
    settle((struct profile *)view);
}

static void drop(struct pc_view *view)
{
    struct profile *p = (struct profile *)view;
    stop(view);
    pc_profile_shelf_fini(&p->shelf);
    pc_sheet_fini(&p->trouble);
    free(p);
}

struct pc_view *pc_profile_create(struct pc_browser *browser,
                                  const struct pc_exercise *exercise, bool asks,
                                  struct pc_err *err)
{
    static const struct pc_view_ops ops = {.name = "profile",
                                           .screen = PC_SCREEN_PROFILE,
                                           .draw = draw,
                                           .act = act,
                                           .click = click,
                                           .event = event,
                                           .can = can,
                                           .is_busy = is_busy,
                                           .resize = resize,
                                           .free = drop};
    static const struct pc_search_ops search = {.find = find, .end = end_find};
    struct profile *p = pc_alloc(sizeof *p);
    p->view.ops = &ops;
    p->browser = browser;
    p->exercise = exercise;
    p->asks = asks;
    p->searcher =
        (struct pc_searcher){.ops = &search, .app = browser->app, .view = &p->view};
    if (!start(p, err)) {
        p->state = FAILED;
        drop(&p->view);
        return NULL;
    }
    changed(p);
    return &p->view;
}
