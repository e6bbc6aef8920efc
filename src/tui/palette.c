#include "tui/palette.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/fuzzy.h"
#include "tui/key.h"

enum { BOX_WIDTH = 90, BOX_HEIGHT = 14, LOW = 10, NARROW = 36 };

static int score(const struct pc_palette *palette, size_t i)
{
    const struct pc_palette_entry *entry = &palette->entries[i];
    const char *typed = pc_str_get(&palette->prompt.text);
    int label = pc_fuzzy(typed, entry->label);
    int word = entry->word ? pc_fuzzy(typed, entry->word) : 0;
    /* A word that is typed in full is what is meant. */
    if (entry->word && strcmp(entry->word, typed) == 0)
        word += 1000;
    return label > word ? label : word;
}

/* Insertion keeps the order of equal ones; there are some hundred entries at most. */
static void filter(struct pc_palette *palette)
{
    int *scores = pc_alloc_array(palette->n_entries + 1, sizeof *scores);
    size_t n = 0;
    for (size_t i = 0; i < palette->n_entries; i++) {
        int s = score(palette, i);
        size_t at = n;
        if (s == 0)
            continue;
        for (; at > 0 && scores[at - 1] < s; at--) {
            scores[at] = scores[at - 1];
            palette->matches[at] = palette->matches[at - 1];
        }
        scores[at] = s;
        palette->matches[at] = i;
        n++;
    }
    free(scores);
    palette->list = (struct pc_list){.n = n};
}

void pc_palette_init(struct pc_palette *palette, const struct pc_palette_entry *entries,
                     size_t n)
{
    *palette = (struct pc_palette){.entries = entries, .n_entries = n};
    palette->matches = pc_alloc_array(n + 1, sizeof *palette->matches);
    filter(palette);
}

void pc_palette_fini(struct pc_palette *palette)
{
    pc_prompt_fini(&palette->prompt);
    free(palette->matches);
    *palette = (struct pc_palette){0};
}

static struct pc_area box_in(struct pc_area area)
{
    int w = area.w - 8 < BOX_WIDTH ? area.w - 8 : BOX_WIDTH;
    int h = area.h - 4 < BOX_HEIGHT ? area.h - 4 : BOX_HEIGHT;
    w = w < NARROW ? area.w : w;
    h = h < LOW ? area.h - 1 : h;
    return (struct pc_area){
        .x = area.x + (area.w - w) / 2, .y = area.y + (area.h - h) / 3, .w = w, .h = h};
}

static int rows_in(struct pc_area area)
{
    int h = box_in(area).h;
    /* The frame and the prompt; in a high box a blank line and the count besides. */
    int rows = h - (h < LOW ? 3 : 5);
    return rows > 1 ? rows : 1;
}

const struct pc_palette_entry *pc_palette_chosen(const struct pc_palette *palette)
{
    if (palette->list.n == 0)
        return NULL;
    return &palette->entries[palette->matches[palette->list.cursor]];
}

static enum pc_reaction complete(struct pc_palette *palette)
{
    const struct pc_palette_entry *entry = pc_palette_chosen(palette);
    if (!entry)
        return PC_HANDLED;
    pc_prompt_set(&palette->prompt, entry->word ? entry->word : entry->label);
    filter(palette);
    return PC_REDRAW;
}

enum pc_reaction pc_palette_key(struct pc_palette *palette, struct pc_area area, int key)
{
    const struct pc_binding *binding = pc_keymap_find(PC_SCREEN_PALETTE, key);
    if (binding && binding->action == PC_ACT_COMPLETE)
        return complete(palette);
    if (binding) {
        enum pc_reaction reaction =
            pc_list_act(&palette->list, rows_in(area), binding->action);
        if (reaction != PC_IGNORED)
            return reaction;
    }
    enum pc_reaction reaction = pc_prompt_key(&palette->prompt, key);
    if (reaction == PC_REDRAW)
        filter(palette);
    return reaction;
}

enum pc_reaction pc_palette_paste(struct pc_palette *palette, const char *text, size_t n)
{
    enum pc_reaction reaction = pc_prompt_paste(&palette->prompt, text, n);
    if (reaction == PC_REDRAW)
        filter(palette);
    return reaction;
}

static void draw_entry(const void *ctx, size_t i, struct pc_canvas *canvas,
                       struct pc_area area)
{
    const struct pc_palette *palette = ctx;
    const struct pc_palette_entry *entry = &palette->entries[palette->matches[i]];
    const char *hint = entry->hint ? entry->hint : "";
    int hint_width = pc_canvas_measure(canvas, hint, strlen(hint));
    int room = area.w - hint_width - 2;
    /* The hint goes where the label needs the room. */
    if (pc_canvas_measure(canvas, entry->label, strlen(entry->label)) > room)
        room = area.w - 1;
    else
        pc_canvas_right(canvas, area, area.w - 1, 0, PC_STYLE_FAINT, hint);
    pc_canvas_cut(canvas, area, 0, 0, room, PC_STYLE_TEXT, entry->label);
}

void pc_palette_draw(const struct pc_palette *palette, struct pc_canvas *canvas,
                     struct pc_area area)
{
    struct pc_area box = box_in(area);
    struct pc_area text = pc_area_inset(pc_canvas_box(canvas, box), 1, 0);
    bool low = box.h < LOW;
    pc_prompt_draw(&palette->prompt, canvas, text, ":");
    pc_list_draw(&palette->list, canvas, pc_area_rows(text, low ? 1 : 2, rows_in(area)),
                 draw_entry, palette);
    if (!low)
        pc_canvas_printf(canvas, text, 0, text.h - 1, PC_STYLE_FAINT, "%zu match%s",
                         palette->list.n, palette->list.n == 1 ? "" : "es");
}
