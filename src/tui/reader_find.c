#include "tui/reader_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The nearest match from a place on, round the ends. */
static enum pc_find look(struct pc_reader *reader, size_t line, size_t at, bool backwards)
{
    const struct pc_document *d = reader->document;
    struct pc_match *match = &reader->match;
    if (backwards ? pc_document_find_back(d, reader->words, line, at, match)
                  : pc_document_find(d, reader->words, line, at, match))
        return PC_FOUND;
    if (backwards ? pc_document_find_back(d, reader->words, d->n_lines, 0, match)
                  : pc_document_find(d, reader->words, 0, 0, match))
        return PC_FOUND_WRAPPED;
    return PC_NOT_FOUND;
}

/* What stands before a match helps to understand it. */
static void show_match(struct pc_reader *reader, struct pc_area text)
{
    size_t top = reader->pager.top, line = reader->match.line;
    size_t rows = (size_t)(text.h > 0 ? text.h : 1);
    if (line < top || line >= top + rows)
        pc_pager_show(&reader->pager, text.h, line > rows / 3 ? line - rows / 3 : 0);
}

/* Words that are not found leave everything as it was. */
enum pc_find pc_reader_find(struct pc_reader *reader, struct pc_area area,
                            const char *words, bool backwards)
{
    const struct pc_document *d = reader->document;
    struct pc_area text = pc_reader_inside(area);
    struct pc_match old = reader->match;
    size_t line = old.line, at = backwards ? old.at : old.at + 1;
    if (!d || d->n_lines == 0 || (words ? !*words : !reader->words))
        return PC_NOT_FOUND;
    char *before = reader->words;
    if (words) {
        if (!before)
            reader->before = d->lines[reader->pager.top].place;
        reader->words = pc_strdup(words);
        line = reader->pager.top;
        at = 0;
    }
    enum pc_find found = look(reader, line, at, backwards);
    if (found == PC_NOT_FOUND) {
        reader->match = old;
        if (words)
            free(reader->words);
        reader->words = before;
        return found;
    }
    if (words)
        free(before);
    show_match(reader, text);
    return found;
}

void pc_reader_end_find(struct pc_reader *reader, struct pc_area area)
{
    if (!reader->words || !reader->document)
        return;
    free(PC_TAKE(reader->words));
    pc_pager_show(&reader->pager, pc_reader_inside(area).h,
                  pc_document_line_at(reader->document, reader->before));
}

/* A match may go on in the lines below: there a blank of the words was the line's end. */
static void mark_match(const struct pc_reader *reader, struct pc_canvas *canvas,
                       struct pc_area text, const struct pc_match *match)
{
    const struct pc_document *d = reader->document;
    size_t left = strlen(reader->words) - match->n;
    pc_reader_mark(reader, canvas, text, match->line, match->at, match->n);
    for (size_t line = match->line + 1; left > 1 && line < d->n_lines; line++) {
        size_t head = d->lines[line].head, room = d->lines[line].n - head;
        size_t n = left - 1 < room ? left - 1 : room;
        pc_reader_mark(reader, canvas, text, line, head, n);
        left -= 1 + n;
    }
}

void pc_reader_mark_matches(const struct pc_reader *reader, struct pc_canvas *canvas,
                            struct pc_area text)
{
    size_t top = reader->pager.top, from = top > 0 ? top - 1 : 0, at = 0;
    struct pc_match match;
    if (!reader->words)
        return;
    while (pc_document_find(reader->document, reader->words, from, at, &match) &&
           match.line < top + (size_t)(text.h > 0 ? text.h : 0)) {
        mark_match(reader, canvas, text, &match);
        from = match.line;
        at = match.at + (match.n > 0 ? match.n : 1);
    }
}
