/*
 * The palette: a box with a prompt and the entries that answer to it.
 */
#ifndef PC_TUI_PALETTE_H
#define PC_TUI_PALETTE_H

#include <stddef.h>

#include "tui/list.h"
#include "tui/prompt.h"

struct pc_palette_entry {
    const char *label;
    const char *hint; /* the key, or what it is ("page") */
    const char *word; /* what Tab completes to and line mode calls it, or NULL */
    int id;           /* the owner's */
};

struct pc_palette {
    const struct pc_palette_entry *entries; /* the owner's */
    size_t n_entries;
    struct pc_prompt prompt;
    size_t *matches; /* indexes into entries, best first */
    struct pc_list list;
};

/* Begin with all entries. */
void pc_palette_init(struct pc_palette *palette, const struct pc_palette_entry *entries,
                     size_t n);
void pc_palette_fini(struct pc_palette *palette);

/* Movement moves, text filters, Tab completes the word of the best match. */
enum pc_reaction pc_palette_key(struct pc_palette *palette, struct pc_area area, int key);
enum pc_reaction pc_palette_paste(struct pc_palette *palette, const char *text, size_t n);

/* The entry under the cursor, or NULL. */
const struct pc_palette_entry *pc_palette_chosen(const struct pc_palette *palette);

/* `area` is the screen; the box takes what is good of it. */
void pc_palette_draw(const struct pc_palette *palette, struct pc_canvas *canvas,
                     struct pc_area area);

#endif
