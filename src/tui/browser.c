#include "tui/browser.h"

#include <signal.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/words.h"
#include "engine/engine.h"
#include "loop/loop.h"
#include "tui/bars.h"
#include "tui/checking_sheet.h"
#include "tui/places.h"

bool pc_browse_is_possible(void)
{
    return pc_term_is_possible();
}

/* Ctrl-C asks what runs, whichever view is on top. */
static bool cancel(void *ctx)
{
    struct pc_browser *browser = ctx;
    if (browser->measures.view) {
        browser->measures.stop(browser->measures.view);
        return true;
    }
    if (!pc_checks_cancel(browser->checks))
        return false;
    pc_app_measuring(browser->app, false);
    pc_app_event(browser->app, NULL);
    pc_app_say(browser->app, "cancelled; the verdict before it stays");
    return true;
}

static void on_event(void *ctx, const struct pc_event *event, bool reference)
{
    struct pc_browser *browser = ctx;
    pc_app_measuring(browser->app, event->kind != PC_EVENT_VERDICT);
    if (reference)
        pc_app_changed(browser->app);
    else
        pc_app_event(browser->app, event);
    /* Wherever one is, the header tells of the check. */
    pc_app_changed(browser->app);
}

static void on_trouble(void *ctx, const struct pc_exercise *exercise,
                       const struct pc_err *err)
{
    struct pc_browser *browser = ctx;
    (void)exercise;
    pc_app_measuring(browser->app, false);
    pc_app_say(browser->app, "%s", err->msg);
}

static void on_edited(void *ctx, int status)
{
    struct pc_browser *browser = ctx;
    enum { NOT_FOUND = 127, SHIFT = 8 };
    if (status >> SHIFT == NOT_FOUND)
        pc_app_say(browser->app, "the editor was not found; set VISUAL or EDITOR");
    else if (status != 0)
        pc_app_say(browser->app, "the editor ended with status %d", status >> SHIFT);
}

enum pc_reaction pc_browser_open(const struct pc_browser *browser, struct pc_view *view,
                                 struct pc_view *opens, enum pc_reaction reaction,
                                 const struct pc_err *err)
{
    view->opens = opens;
    if (opens)
        return reaction;
    pc_app_say(browser->app, "%s", err->msg);
    return PC_HANDLED;
}

bool pc_browser_may_measure(struct pc_browser *browser, struct pc_err *err)
{
    const struct pc_exercise *checked = pc_checks_running(browser->checks);
    if (checked)
        return pc_fail(err, PC_UNSURE, "%s is being checked; Ctrl-C cancels that",
                       checked->name);
    if (pc_checks_is_measuring(browser->checks))
        return pc_fail(err, PC_UNSURE,
                       "the course's solution is being measured; Ctrl-C cancels that");
    if (browser->measures.view)
        browser->measures.stop(browser->measures.view);
    return true;
}

void pc_browser_measures(struct pc_browser *browser, struct pc_view *view,
                         void (*stop)(struct pc_view *view))
{
    if (stop)
        browser->measures = (struct pc_measures){.view = view, .stop = stop};
    else if (browser->measures.view == view)
        browser->measures = (struct pc_measures){0};
}

void pc_browser_edit(struct pc_browser *browser, const struct pc_exercise *exercise)
{
    pc_browser_edit_at(browser, exercise, 0);
}

void pc_browser_edit_at(struct pc_browser *browser, const struct pc_exercise *exercise,
                        int line)
{
    const struct pc_result *result = pc_checks_result(browser->checks, exercise);
    PC_AUTO(pc_auto_free) char *kernel = pc_engine_kernel(browser->engine, exercise);
    struct pc_words argv = {0};
    struct pc_err err;
    if (line == 0 && result)
        line = pc_result_line(result);
    pc_engine_editor(kernel, line, &argv);
    if (!pc_app_lend(browser->app, pc_words_argv(&argv), on_edited, browser, &err))
        pc_app_say(browser->app, "%s", err.msg);
    pc_words_fini(&argv);
}

void pc_browser_check(struct pc_browser *browser, const struct pc_exercise *exercise,
                      bool quick)
{
    pc_checks_start(browser->checks, exercise, quick);
    pc_app_changed(browser->app);
}

void pc_browser_measure_on(struct pc_browser *browser, const struct pc_exercise *exercise)
{
    pc_checks_measure_on(browser->checks, exercise);
    pc_app_changed(browser->app);
}

const struct pc_exercise *pc_browser_beside(const struct pc_exercise *exercise, int by)
{
    const struct pc_topic *topic = exercise->topic;
    long at = exercise - topic->exercises + by;
    return at >= 0 && at < (long)topic->n_exercises ? &topic->exercises[at] : NULL;
}

void pc_browser_header(const struct pc_browser *browser, struct pc_canvas *canvas,
                       const struct pc_view *view, const char *title, const char *facts,
                       const struct pc_exercise *shown)
{
    const struct pc_exercise *running = pc_checks_running(browser->checks);
    char id[16];
    if (!running || running == shown) {
        pc_header_draw(canvas, view->area, title, facts);
        return;
    }
    PC_AUTO(pc_auto_free) char *both = pc_strfmt(
        "%s: %s%s%s", pc_exercise_id(running, id),
        pc_checking_words(pc_checks_current(browser->checks)), *facts ? "   " : "", facts);
    pc_header_draw(canvas, view->area, title, both);
}

/* Views that are freed ask for the checks no more, so those go last but the engine. */
static enum pc_code serve(struct pc_browser *browser, struct pc_term *term, int *number,
                          struct pc_err *err)
{
    struct pc_places *places = pc_places_create(browser);
    const struct pc_app_ops ops = {.cancel = cancel, .more = pc_places_more(places)};
    static const struct pc_checks_ops checks_ops = {.event = on_event,
                                                    .trouble = on_trouble};
    enum pc_code code = PC_ENVIRONMENT;
    browser->checks =
        pc_checks_create(browser->engine, browser->only_asked, &checks_ops, browser, err);
    if (browser->checks)
        browser->app = pc_app_create(browser->loop, term, &ops, browser, err);
    if (browser->app) {
        pc_app_push(browser->app, pc_home_create(browser));
        code = pc_app_run(browser->app, number);
    }
    pc_app_free(browser->app);
    pc_checks_free(browser->checks);
    pc_places_free(places);
    return code;
}

enum pc_code pc_browse(struct pc_engine *engine, struct pc_loop *loop,
                       const struct pc_browse_spec *spec, struct pc_err *err)
{
    struct pc_browser browser = {
        .engine = engine, .loop = loop, .only_asked = spec->only_asked};
    struct pc_term_spec wanted = spec->term;
    if (!pc_term_locale())
        wanted.ascii = true;
    struct pc_term *term = pc_term_open(&wanted, err);
    if (!term)
        return err->code;
    int number = 0;
    enum pc_code code = serve(&browser, term, &number, err);
    pc_term_close(term);
    if (number) {
        signal(number, SIG_DFL);
        raise(number);
    }
    return code;
}
