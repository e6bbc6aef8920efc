/*
 * The palette as a view: every action of a screen that has a word, and what else can be
 * reached from everywhere.
 */
#ifndef PC_TUI_COMMANDS_H
#define PC_TUI_COMMANDS_H

#include "tui/palette.h"
#include "tui/view.h"

/* Entries besides the actions: topics, pages, settings.  All stays the owner's. */
struct pc_commands_more {
    const struct pc_palette_entry *entries;
    size_t n;
    /* The entry was chosen: the view to open instead of the palette, or NULL. */
    struct pc_view *(*choose)(void *ctx, const struct pc_palette_entry *entry);
    void *ctx;
};

/* An overlay over `of`, which it needs only now; `more` may be NULL. */
struct pc_view *pc_commands_create(const struct pc_view *of,
                                   const struct pc_commands_more *more);

#endif
