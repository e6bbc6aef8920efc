/*
 * The course on a full screen: home, pages and exercises.
 */
#ifndef PC_TUI_BROWSER_H
#define PC_TUI_BROWSER_H

#include "base/err.h"
#include "tui/app.h"

struct pc_engine;
struct pc_exercise;
struct pc_loop;
struct pc_topic;

/* What the views of the course share.  `workspace` is found already. */
struct pc_browser {
    struct pc_engine *engine;
    struct pc_loop *loop;
    struct pc_app *app;
    struct pc_view *running; /* the exercise whose kernel is being checked, or NULL */
};

/* Whether the surroundings allow a full screen; sets the locale. */
bool pc_browse_is_possible(void);

/* Serve until the learner quits: PC_PASSED, PC_INTERRUPTED after Ctrl-C, or the reason why
 * the terminal cannot be used.  Ends by the signal that asked for it, when one did. */
enum pc_code pc_browse(struct pc_engine *engine, struct pc_loop *loop, struct pc_err *err);

struct pc_view *pc_home_create(struct pc_browser *browser);
struct pc_view *pc_page_create(struct pc_browser *browser, const struct pc_topic *topic,
                               size_t page, struct pc_err *err);
/* Follows the kernel while it is open: each save is checked. */
struct pc_view *pc_exercise_create(struct pc_browser *browser,
                                   const struct pc_exercise *exercise, struct pc_err *err);

/* Cancel the check of an exercise's view; false when none runs there. */
bool pc_exercise_cancel(struct pc_view *view);

#endif
