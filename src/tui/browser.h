/*
 * The course on a full screen: home, pages and exercises.
 */
#ifndef PC_TUI_BROWSER_H
#define PC_TUI_BROWSER_H

#include "base/err.h"
#include "tui/app.h"
#include "tui/checks.h"

struct pc_engine;
struct pc_exercise;
struct pc_experiment;
struct pc_loop;
struct pc_topic;

/* What the views of the course share.  `workspace` is found already. */
struct pc_browser {
    struct pc_engine *engine;
    struct pc_loop *loop;
    struct pc_app *app;
    struct pc_checks *checks;
    bool only_asked;     /* saves start no check */
    struct pc_measures { /* an experiment or a profile that is being taken, or NULL */
        struct pc_view *view;
        void (*stop)(struct pc_view *view);
    } measures;
};

/* Whether the surroundings allow a full screen; sets the locale. */
bool pc_browse_is_possible(void);

struct pc_browse_spec {
    struct pc_term_spec term;
    bool only_asked; /* saves start no check */
};

/* Serve until the learner quits: PC_PASSED, PC_INTERRUPTED after Ctrl-C, or the reason why
 * the terminal cannot be used.  Ends by the signal that asked for it, when one did. */
enum pc_code pc_browse(struct pc_engine *engine, struct pc_loop *loop,
                       const struct pc_browse_spec *spec, struct pc_err *err);

struct pc_view *pc_home_create(struct pc_browser *browser);
struct pc_view *pc_page_create(struct pc_browser *browser, const struct pc_topic *topic,
                               size_t page, struct pc_err *err);
struct pc_view *pc_cards_create(struct pc_browser *browser, const struct pc_topic *topic,
                                struct pc_err *err);

/* From now on the kernel is followed: each save is checked, and while this view is on top
 * the check opens over it. */
struct pc_view *pc_exercise_create(struct pc_browser *browser,
                                   const struct pc_exercise *exercise, struct pc_err *err);

/* The check of an exercise while it runs, and then its verdict. */
struct pc_view *pc_check_create(struct pc_browser *browser,
                                const struct pc_exercise *exercise);

/* All attempts at an exercise. */
struct pc_view *pc_history_create(struct pc_browser *browser,
                                  const struct pc_exercise *exercise);

/* The learner's kernel and the course's solution; measures the latter. */
struct pc_view *pc_compare_create(struct pc_browser *browser,
                                  const struct pc_exercise *exercise, struct pc_err *err);

/* A C source to read; takes `text` over. */
struct pc_view *pc_source_create(struct pc_browser *browser, const char *title, char *text,
                                 size_t n);

/* What changed between two texts of a kernel.  The texts are copied. */
struct pc_diff_spec;
struct pc_view *pc_differences_create(struct pc_browser *browser, const char *title,
                                      const struct pc_diff_spec *spec, struct pc_err *err);

/* The learner's file against the starter. */
struct pc_view *pc_changes_create(struct pc_browser *browser,
                                  const struct pc_exercise *exercise, struct pc_err *err);

/* What `view` answers when `opens` was made: `reaction`, PC_OPEN or PC_REPLACE; when it could
 * not be made, the reason is said. */
enum pc_reaction pc_browser_open(const struct pc_browser *browser, struct pc_view *view,
                                 struct pc_view *opens, enum pc_reaction reaction,
                                 const struct pc_err *err);

/* Lend the terminal to the learner's editor, at the line that is worth looking at. */
void pc_browser_edit(struct pc_browser *browser, const struct pc_exercise *exercise);

/* The same at a line of one's own; 0: as above. */
void pc_browser_edit_at(struct pc_browser *browser, const struct pc_exercise *exercise,
                        int line);

/* Check the kernel now; `quick` leaves the timing out. */
void pc_browser_check(struct pc_browser *browser, const struct pc_exercise *exercise,
                      bool quick);

/* Check it with more time for the timing, which says so. */
void pc_browser_measure_on(struct pc_browser *browser, const struct pc_exercise *exercise);

/* Two measurements at a time would disturb each other: an experiment or a profile that runs
 * makes way, a check does not; false, and the reason. */
bool pc_browser_may_measure(struct pc_browser *browser, struct pc_err *err);

/* `view` begins to measure; `stop` cancels that.  NULL: it measures no more. */
void pc_browser_measures(struct pc_browser *browser, struct pc_view *view,
                         void (*stop)(struct pc_view *view));

/* The exercise after this one, or NULL after the last of its topic; `by` -1: before it. */
const struct pc_exercise *pc_browser_beside(const struct pc_exercise *exercise, int by);

/* The header of a view, with the check that runs when it is none of `shown` (or NULL). */
void pc_browser_header(const struct pc_browser *browser, struct pc_canvas *canvas,
                       const struct pc_view *view, const char *title, const char *facts,
                       const struct pc_exercise *shown);

/* Runs the experiment while it is open. */
struct pc_view *pc_experiment_create(struct pc_browser *browser,
                                     const struct pc_topic *topic,
                                     const struct pc_experiment *experiment,
                                     struct pc_err *err);

/* Profiles the learner's kernel while it is open; `asks` first which function it will be. */
struct pc_view *pc_profile_create(struct pc_browser *browser,
                                  const struct pc_exercise *exercise, bool asks,
                                  struct pc_err *err);

#endif
