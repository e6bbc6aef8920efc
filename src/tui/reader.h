/*
 * Markdown, or a C source, in a pager: what pages, exercises and sources have in common.
 */
#ifndef PC_TUI_READER_H
#define PC_TUI_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/pager.h"

struct pc_reader {
    char *markdown; /* its own */
    size_t n;
    bool is_source;               /* it is C instead */
    struct pc_document *document; /* laid out for `width` */
    struct pc_pager_line *lines;
    struct pc_pager_span *spans;
    struct pc_pager pager;
    int width;
    bool ascii;
};

/* Show another text; the reader takes `markdown` over.  Laid out by pc_reader_settle(). */
void pc_reader_set(struct pc_reader *reader, char *markdown, size_t n);

/* The same with a C source, which is shown highlighted. */
void pc_reader_set_source(struct pc_reader *reader, char *source, size_t n);

/* Lay the text out for an area; keeps the place. */
void pc_reader_settle(struct pc_reader *reader, struct pc_area area, bool ascii);

enum pc_reaction pc_reader_act(struct pc_reader *reader, struct pc_area area,
                               enum pc_action action);

/* Scroll so that the first heading `title` is on top. */
void pc_reader_go_to(struct pc_reader *reader, struct pc_area area, const char *title);

void pc_reader_draw(const struct pc_reader *reader, struct pc_canvas *canvas,
                    struct pc_area area);
void pc_reader_fini(struct pc_reader *reader);

#endif
