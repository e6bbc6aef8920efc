/*
 * Text with styles that has not been broken into lines yet: a paragraph, a cell of a table,
 * a line of code.
 *
 * What comes in is made harmless: control characters and characters that turn the direction
 * of a line become '?', and with `ascii` set everything is spelled in ASCII.
 */
#ifndef PC_MARKUP_FLOW_H
#define PC_MARKUP_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/style.h"

struct pc_flow_run {
    size_t end; /* the run goes up to this byte, from the end of the one before */
    enum pc_style style;
    unsigned link; /* a link's number, 0 for none */
};

/* Zeroed but for the two flags it is an empty text.  Words are separated by one space each;
 * a newline breaks the line; no-break spaces (U+00A0) stand for themselves until the text
 * goes into a line.  A verbatim text keeps its blanks, and tabs go to the next multiple of
 * 4. */
struct pc_flow {
    bool ascii, verbatim;
    struct pc_str text;
    struct pc_flow_run *items;
    size_t n, cap;
    size_t column; /* of a verbatim text: where its end stands */
};

/* pc_text_width() of text without control characters, quick where it is ASCII. */
size_t pc_flow_width(const char *s, size_t n);

/* Append `n` bytes, which need not be valid UTF-8. */
void pc_flow_add(struct pc_flow *flow, const char *s, size_t n, enum pc_style style,
                 unsigned link);

/* The same, but it stays in one line if it can: its spaces do not break. */
void pc_flow_add_whole(struct pc_flow *flow, const char *s, size_t n, enum pc_style style,
                       unsigned link);

/* End the line here. */
void pc_flow_break(struct pc_flow *flow);

/* Drop the blank at the end, if there is one. */
void pc_flow_trim(struct pc_flow *flow);

/* Empty the text and keep its memory. */
void pc_flow_clear(struct pc_flow *flow);
void pc_flow_fini(struct pc_flow *flow);

/* The text from byte `begin` on, in one line; the caller owns it. */
char *pc_flow_text(const struct pc_flow *flow, size_t begin);

/* The bytes of one line, without blanks at its ends, and the columns they take. */
struct pc_piece {
    size_t begin, end, width;
};

/* The next line of at most `width` >= 2 columns, from byte `*at` on, which moves behind it.
 * Lines are broken between words; only a word that is wider than a line is broken inside.
 * False at the end. */
bool pc_flow_next(const struct pc_flow *flow, size_t *at, size_t width,
                  struct pc_piece *piece);

/* Columns of the widest line if none is broken, and of the widest word. */
void pc_flow_measure(const struct pc_flow *flow, size_t *line, size_t *word);

#endif
