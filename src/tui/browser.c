#include "tui/browser.h"

#include <signal.h>
#include <stdlib.h>

#include "engine/engine.h"
#include "loop/loop.h"
#include "tui/commands.h"
#include "tui/help.h"

bool pc_browse_is_possible(void)
{
    return pc_term_is_possible();
}

/* Ctrl-C asks the engine, whichever view is on top. */
static bool cancel(void *ctx)
{
    struct pc_browser *browser = ctx;
    return browser->running && pc_exercise_cancel(browser->running);
}

static struct pc_view *open_view(void *ctx, enum pc_action action, struct pc_view *top)
{
    (void)ctx;
    if (action == PC_ACT_HELP)
        return pc_help_create(top);
    return action == PC_ACT_COMMANDS ? pc_commands_create(top, NULL) : NULL;
}

enum pc_code pc_browse(struct pc_engine *engine, struct pc_loop *loop, struct pc_err *err)
{
    static const struct pc_app_ops ops = {.cancel = cancel, .open = open_view};
    struct pc_browser browser = {.engine = engine, .loop = loop};
    struct pc_term_spec spec = {.ascii = !pc_term_locale()};
    struct pc_term *term = pc_term_open(&spec, err);
    if (!term)
        return err->code;
    browser.app = pc_app_create(loop, term, &ops, &browser, err);
    enum pc_code code = PC_ENVIRONMENT;
    int number = 0;
    if (browser.app) {
        pc_app_push(browser.app, pc_home_create(&browser));
        if (pc_term_note(term))
            pc_app_say(browser.app, "%s", pc_term_note(term));
        code = pc_app_run(browser.app, &number);
    }
    pc_app_free(browser.app);
    pc_term_close(term);
    if (number) {
        signal(number, SIG_DFL);
        raise(number);
    }
    return code;
}
