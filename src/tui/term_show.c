#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "tui/term_inner.h"

/* Frames that change more rows than this are shown at once, where the terminal can. */
enum { SYNC_ROWS = 3 };

void pc_term_set_looks(struct pc_term *term)
{
    int colours = term->colours ? COLORS : 0;
    for (int i = 0; i < PC_STYLES; i++) {
        struct pc_look look = pc_theme_look(term->theme, (enum pc_style)i, colours);
        term->attributes[i] = (look.bold ? A_BOLD : 0) | (look.faint ? A_DIM : 0) |
                              (look.underlined ? A_UNDERLINE : 0) |
                              (look.reversed ? A_REVERSE : 0);
        term->pairs[i] = 0;
        if (look.colour >= 0 && init_pair((short)(i + 1), (short)look.colour, -1) == OK)
            term->pairs[i] = (short)(i + 1);
    }
}

/* One row as curses wants it; gives the number of characters. */
static int convert(const struct pc_term *term, const struct pc_cell *row, cchar_t *line)
{
    int n = 0;
    for (int x = 0; x < term->width; x++) {
        const struct pc_cell *cell = &row[x];
        wchar_t text[CCHARW_MAX + 1] = {0};
        if (cell->width == 0)
            continue;
        if (mbstowcs(text, cell->text, CCHARW_MAX) == (size_t)-1)
            wcscpy(text, L"?");
        attr_t attributes = term->attributes[cell->style];
        if (cell->marked)
            attributes ^= A_REVERSE;
        setcchar(&line[n++], text, attributes, term->pairs[cell->style], NULL);
    }
    return n;
}

static void keep(struct pc_term *term, struct pc_area size)
{
    if (term->shown && size.w == term->width && size.h == term->height)
        return;
    free(term->shown);
    term->width = size.w;
    term->height = size.h;
    term->shown = pc_alloc_array((size_t)size.w * (size_t)size.h, sizeof *term->shown);
    term->forgotten = true;
}

void pc_term_show(struct pc_term *term, const struct pc_canvas *canvas)
{
    keep(term, pc_canvas_area(canvas));
    PC_AUTO(pc_auto_free)
    cchar_t *line = pc_alloc_array((size_t)term->width, sizeof *line);
    size_t bytes = (size_t)term->width * sizeof *term->shown;
    int changed = 0;
    for (int y = 0; y < term->height; y++) {
        const struct pc_cell *row = pc_canvas_row(canvas, y);
        struct pc_cell *old = term->shown + (size_t)y * (size_t)term->width;
        if (!term->forgotten && memcmp(row, old, bytes) == 0)
            continue;
        memcpy(old, row, bytes);
        mvadd_wchnstr(y, 0, line, convert(term, row, line));
        changed++;
    }
    if (changed == 0)
        return;
    if (term->forgotten)
        clearok(curscr, TRUE);
    term->forgotten = false;
    bool sync = term->syncs && changed > SYNC_ROWS;
    if (sync)
        pc_term_send(term, SYNC_ON);
    wnoutrefresh(stdscr);
    doupdate();
    if (sync)
        pc_term_send(term, SYNC_OFF);
}

void pc_term_set_theme(struct pc_term *term, enum pc_theme theme)
{
    term->theme = theme;
    pc_term_set_looks(term);
    term->forgotten = true;
}
