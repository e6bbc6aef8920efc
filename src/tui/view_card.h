/*
 * The cards of a topic on the screen.  The view knows of no engine: what shall be kept, and
 * what proves an answer, it asks of whoever opened it.
 */
#ifndef PC_TUI_VIEW_CARD_H
#define PC_TUI_VIEW_CARD_H

#include <stdbool.h>

#include "model/cards.h"
#include "tui/view.h"

struct pc_card_ops {
    /* An answer was given, or how sure one is of it: keep it. */
    void (*answered)(void *ctx, struct pc_card_answer *answer);
    /* Draw the header, with what else goes on; NULL for one of title and facts. */
    void (*header)(void *ctx, struct pc_canvas *canvas, const struct pc_view *view,
                   const char *title, const char *facts);
    /* The view that runs the proof of a card; NULL when it cannot be.  May be NULL. */
    struct pc_view *(*proof)(void *ctx, const struct pc_topic *topic,
                             const struct pc_card *card);
};

struct pc_card_spec {
    const struct pc_topic *topic;         /* must outlive the view, as `ops` must */
    const struct pc_card_answers *latest; /* as pc_card_session_init() wants them */
    bool ascii;
    const struct pc_card_ops *ops;
    void *ctx;
};

struct pc_view *pc_card_view_create(const struct pc_card_spec *spec);

#endif
