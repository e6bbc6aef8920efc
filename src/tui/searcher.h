/*
 * Search in what a view shows.
 *
 * `/` asks for words in the row above the footer, Enter finds them, n and N find the next
 * and the previous ones, Esc forgets them and goes back to where the search began.  What
 * search means is the view's business.
 */
#ifndef PC_TUI_SEARCHER_H
#define PC_TUI_SEARCHER_H

#include "tui/app.h"
#include "tui/reader.h"

struct pc_search_ops {
    /* Find `words`, or with NULL the same ones again, and show the place. */
    enum pc_find (*find)(struct pc_view *view, const char *words, bool backwards);
    /* Forget them and go back. */
    void (*end)(struct pc_view *view);
};

struct pc_searcher {
    const struct pc_search_ops *ops;
    struct pc_app *app;
    struct pc_view *view;
    bool active; /* words were found: n, N and Esc mean something */
};

/* To be asked first: PC_IGNORED when the action is nothing for a search. */
enum pc_reaction pc_searcher_act(struct pc_searcher *searcher, enum pc_action action,
                                 int key);

/* Whether it would take the action; Esc is always the view's to offer. */
bool pc_searcher_can(const struct pc_searcher *searcher, enum pc_action action);

#endif
