#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/term_inner.h"

/* Frames that change more rows than this are shown at once, where the terminal can. */
enum { SYNC_ROWS = 3 };

void pc_term_set_looks(struct pc_term *term)
{
    for (int i = 0; i < PC_STYLES; i++)
        term->looks[i] = pc_theme_look(term->theme, (enum pc_style)i, term->caps.colours);
}

static void resize(struct pc_picture *picture, struct pc_area size)
{
    free(picture->cells);
    *picture = (struct pc_picture){.width = size.w, .height = size.h};
    picture->cells =
        pc_alloc_array((size_t)size.w * (size_t)size.h, sizeof *picture->cells);
}

static void fit(struct pc_term *term, struct pc_area size)
{
    if (term->shown.cells && size.w == term->shown.width && size.h == term->shown.height)
        return;
    resize(&term->shown, size);
    resize(&term->next, size);
    term->forgotten = true;
}

void pc_term_show(struct pc_term *term, const struct pc_canvas *canvas)
{
    struct pc_str frame = {0};
    pc_str_adds(&frame, SYNC_ON);
    fit(term, pc_canvas_area(canvas));
    pc_picture_take(&term->next, canvas, term->looks);
    if (term->forgotten)
        pc_paint_nothing(&frame, &term->caps, &term->shown);
    int rows = pc_paint(&frame, &term->caps, term->looks, &term->shown, &term->next);
    if (term->syncs && rows > SYNC_ROWS) {
        pc_str_adds(&frame, SYNC_OFF);
    } else {
        pc_str_shift(&frame, strlen(SYNC_ON));
    }
    pc_term_send(term, pc_str_get(&frame));
    pc_str_fini(&frame);
    term->forgotten = false;
}

void pc_term_set_theme(struct pc_term *term, enum pc_theme theme)
{
    bool mono = term->theme == PC_THEME_MONO;
    term->theme = mono ? PC_THEME_MONO : theme;
    pc_term_set_looks(term);
    term->forgotten = true;
}
