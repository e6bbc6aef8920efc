/*
 * What the parts of the reader share.
 */
#ifndef PC_TUI_READER_INNER_H
#define PC_TUI_READER_INNER_H

#include "tui/reader.h"

/* The part of an area that text is in. */
struct pc_area pc_reader_inside(struct pc_area area);

/* Show `n` bytes of a line in reverse if they are on the screen; `text` is what text is in. */
void pc_reader_mark(const struct pc_reader *reader, struct pc_canvas *canvas,
                    struct pc_area text, size_t line, size_t at, size_t n);

void pc_reader_mark_matches(const struct pc_reader *reader, struct pc_canvas *canvas,
                            struct pc_area text);
void pc_reader_mark_link(const struct pc_reader *reader, struct pc_canvas *canvas,
                         struct pc_area text);

#endif
