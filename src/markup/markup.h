/*
 * Markdown as lines of styled text.
 *
 * CommonMark by libcmark, and tables as GitHub writes them: a paragraph whose second line
 * consists of `---` between `|`.  Lines are broken at words by their width on the screen;
 * prose is at most PC_MARKUP_MEASURE columns wide, however wide the screen is, tables take
 * what they need, and lines of code are never broken: a view clips them and scrolls them
 * sideways.  A table that does not fit is shown row by row, one line "column: value" each.
 *
 * Any bytes give a document.  What goes beyond PC_MARKUP_INPUT_MAX is left out, and the
 * document says so in its last line.  Its text is UTF-8 and has no control characters;
 * widths are those of wcwidth(), so LC_CTYPE must name a UTF-8 locale unless `ascii` is
 * set.
 */
#ifndef PC_MARKUP_MARKUP_H
#define PC_MARKUP_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/style.h"

enum {
    PC_MARKUP_MEASURE = 76,
    PC_MARKUP_WIDTH_MIN = 8,
    PC_MARKUP_INPUT_MAX = 1 << 20,
};

/* `plain` is for line mode and screen readers: nothing is drawn, tables are read row by
 * row, code spans keep their backticks, links are listed at the end. */
struct pc_markup_options {
    size_t width; /* columns; taken as PC_MARKUP_WIDTH_MIN when less */
    bool ascii;   /* every character outside ASCII is spelled in it (markup/ascii.h) */
    bool plain;
};

/* A run of one style.  The spans of a line follow one another and cover all of it. */
struct pc_span {
    uint32_t at, n; /* bytes of the line's text */
    enum pc_style style;
    uint32_t link; /* the number of the link that it belongs to, 0 for none */
};

/* Where a line comes from: a place that stays when the width changes.  Paragraphs,
 * headings, tables and blocks of code are counted from 0; in a source that is shown whole,
 * `offset` is the number of its line, from 0, too. */
struct pc_spot {
    size_t block;
    size_t offset; /* how far into the block: it grows from line to line */
};

struct pc_line {
    const char *text; /* NUL-terminated */
    size_t n, width;  /* bytes and columns */
    size_t head;      /* bytes in front of the text proper: indent, bullet, bar.  They stay
                       * where they are when a line of code is scrolled sideways. */
    bool code;        /* not broken, so it can be wider than the screen */
    struct pc_spot place;
    const struct pc_span *spans;
    size_t n_spans;
};

struct pc_heading {
    int level; /* 1 to 6 */
    const char *text;
    size_t line, block; /* the first of its lines, and its block */
};

/* A link, shown as its text followed by its number in brackets.  Links to one place share a
 * number: that of links[i] is i + 1. */
struct pc_link {
    const char *url;  /* printable ASCII without blanks; everything else percent-encoded */
    const char *text; /* of the first link to it */
    size_t line;      /* where that one begins */
};

struct pc_document {
    struct pc_line *lines;
    size_t n_lines;
    struct pc_heading *headings;
    size_t n_headings;
    struct pc_link *links;
    size_t n_links;
    bool cut; /* the input was too long */
};

/* `n` bytes of Markdown as a document that the caller frees; cannot fail. */
struct pc_document *pc_markup_render(const char *markdown, size_t n,
                                     const struct pc_markup_options *options);

/* A C source as a document of one block, highlighted, without indent. */
struct pc_document *pc_markup_render_c(const char *source, size_t n,
                                       const struct pc_markup_options *options);

void pc_document_free(struct pc_document *document);

/* The text of all lines, each ended by a newline; the caller owns it. */
char *pc_document_text(const struct pc_document *document);

/* The last line that begins at or before `place`: what stood at the top of the screen
 * before the width changed stands there again.  0 when there are no lines. */
size_t pc_document_line_at(const struct pc_document *document, struct pc_spot place);

/* Where words were found: `n` bytes of line `line` from byte `at` on.  When they go on in
 * the line below, `n` ends with the line. */
struct pc_match {
    size_t line, at, n;
};

/* The next match of `words` that begins in line `from` at byte `at` or later; without upper
 * case letters in `words` the case does not matter, and a blank in them also matches the
 * end of a line, so that a search does not depend on the width.  False when there is none
 * before the end: the caller wraps around and says so. */
bool pc_document_find(const struct pc_document *document, const char *words, size_t from,
                      size_t at, struct pc_match *match);

/* The last match that begins before byte `at` of line `from`. */
bool pc_document_find_back(const struct pc_document *document, const char *words,
                           size_t from, size_t at, struct pc_match *match);

#endif
