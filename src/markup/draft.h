/*
 * A document while it is being made: lines are begun, filled from the left and ended.
 *
 * Every line begins with the margins of the lists and quotes around it.  Text is referred
 * to by offsets until pc_draft_finish(), because the memory it stands in still moves.
 */
#ifndef PC_MARKUP_DRAFT_H
#define PC_MARKUP_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "markup/flow.h"
#include "markup/markup.h"

enum { PC_DRAFT_TEXT_MAX = 8 << 20, PC_DRAFT_LINKS_MAX = 1000, PC_MARK_MAX = 24 };

/* What a list's item or a quote puts in front of its lines. */
struct pc_margin {
    char mark[PC_MARK_MAX];
    size_t columns;
    bool every_line; /* or in the first one only, with blanks below */
    bool used;
};

struct pc_draft_line {
    struct pc_line line;
    size_t text, span; /* where they begin */
};

struct pc_draft {
    struct pc_markup_options options;
    bool cut;        /* something was left out */
    size_t text_max; /* lines beyond so many bytes are */

    struct pc_str text;
    struct {
        struct pc_draft_line *items;
        size_t n, cap;
    } lines;
    struct {
        struct pc_span *items;
        size_t n, cap;
    } spans;
    struct {
        struct pc_heading *items;
        size_t n, cap;
    } headings;
    struct {
        struct pc_link *items;
        size_t n, cap;
    } links;

    struct {
        struct pc_margin *items;
        size_t n, cap;
    } margins;
    size_t margin;       /* columns of all of them */
    size_t hidden;       /* margins for which there is no room */
    struct pc_spot next; /* the place of the next line */

    struct pc_draft_line open; /* the line being filled */
    size_t blanks;             /* blanks that wait for text behind them */
    bool in_head;
    bool gap;
};

void pc_draft_init(struct pc_draft *draft, const struct pc_markup_options *options);

/* The document, which takes over all that `draft` owns. */
struct pc_document *pc_draft_finish(struct pc_draft *draft);

/* Lines from now on have `mark` in front, or blanks of that width unless it is their first
 * or `every_line` is set.  A mark that would make the margins wider than half of the line
 * is not shown.  Pop undoes the last push, and shows the mark by itself if no line did. */
void pc_draft_push_margin(struct pc_draft *draft, const char *mark, bool every_line);
void pc_draft_pop_margin(struct pc_draft *draft);

/* Columns for prose beside the margins, and for what may use the whole width. */
size_t pc_draft_measure(const struct pc_draft *draft);
size_t pc_draft_room(const struct pc_draft *draft);

/* A new block begins: `next` becomes its first place. */
void pc_draft_block(struct pc_draft *draft);

/* There is to be an empty line before the next one, unless that is the first. It belongs to
 * the block before; the marks of quotes that go on are shown in it. */
void pc_draft_gap(struct pc_draft *draft);

/* One line: begin, then any number of puts, then end.  Blanks put by themselves are
 * dropped when nothing follows them.  What is put as head stays in place when the line is
 * scrolled. */
void pc_draft_begin(struct pc_draft *draft);
void pc_draft_put(struct pc_draft *draft, const char *s, enum pc_style style);
void pc_draft_put_head(struct pc_draft *draft, const char *s, enum pc_style style);
void pc_draft_put_blanks(struct pc_draft *draft, size_t n);
void pc_draft_put_piece(struct pc_draft *draft, const struct pc_flow *flow,
                        const struct pc_piece *piece);
void pc_draft_end(struct pc_draft *draft, bool code);

/* A whole text as lines of the measure; those behind the first are indented by `hang`. */
void pc_draft_prose(struct pc_draft *draft, const struct pc_flow *flow, size_t hang);

/* The number of the link to `url`, 0 when there are too many links already. */
unsigned pc_draft_link(struct pc_draft *draft, const char *url);

#endif
