/*
 * Markdown, or a C source, in a pager, with search and links: what pages, exercises and
 * sources have in common.  What is on top stays there when the width changes.
 */
#ifndef PC_TUI_READER_H
#define PC_TUI_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "markup/markup.h"
#include "tui/pager.h"

enum pc_find {
    PC_FOUND,
    PC_FOUND_WRAPPED, /* on from the other end */
    PC_NOT_FOUND,
};

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
    struct pc_spot place; /* what was on top when `placed` was, at whatever width */
    size_t placed;
    char *words; /* what is searched for, or NULL */
    struct pc_match match;
    struct pc_spot before; /* the top when the search began */
    bool has_link;         /* a link is in focus: */
    size_t link_line, link_span;
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

/* Find `words` from the top on, as pc_document_find() does, and scroll there; NULL: the
 * same words again, from the last match on. */
enum pc_find pc_reader_find(struct pc_reader *reader, struct pc_area area,
                            const char *words, bool backwards);

/* Forget the words and go back to where the search began. */
void pc_reader_end_find(struct pc_reader *reader, struct pc_area area);

/* Put the next or previous link into focus, from what is on the screen on; round the ends.
 * False when there are none. */
bool pc_reader_next_link(struct pc_reader *reader, struct pc_area area, bool backwards);

/* The link in focus while it can be seen, else NULL. */
const struct pc_link *pc_reader_link(const struct pc_reader *reader, struct pc_area area);

void pc_reader_draw(const struct pc_reader *reader, struct pc_canvas *canvas,
                    struct pc_area area);
void pc_reader_fini(struct pc_reader *reader);

#endif
