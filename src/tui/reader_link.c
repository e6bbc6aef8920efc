#include "tui/reader_inner.h"

/* A link is a run of spans with one number.  The line after one that ends with it may go on
 * with it. */
static bool continues(const struct pc_document *d, size_t line, size_t span)
{
    const struct pc_span *spans = d->lines[line].spans;
    if (span > 0 && spans[span - 1].link == spans[span].link)
        return true;
    for (size_t i = 0; i < span; i++)
        if (spans[i].link)
            return false;
    if (line == 0 || d->lines[line - 1].n_spans == 0)
        return false;
    const struct pc_line *above = &d->lines[line - 1];
    return above->spans[above->n_spans - 1].link == spans[span].link &&
           above->place.block == d->lines[line].place.block;
}

/* One span on or back, round the ends of the text. */
static void step(const struct pc_document *d, size_t *line, size_t *span, bool backwards)
{
    if (backwards && *span > 0) {
        (*span)--;
    } else if (backwards) {
        *line = (*line > 0 ? *line : d->n_lines) - 1;
        *span = d->lines[*line].n_spans > 0 ? d->lines[*line].n_spans - 1 : 0;
    } else if (++*span >= d->lines[*line].n_spans) {
        *line = (*line + 1) % d->n_lines;
        *span = 0;
    }
}

static bool begins(const struct pc_document *d, size_t line, size_t span)
{
    return span < d->lines[line].n_spans && d->lines[line].spans[span].link &&
           !continues(d, line, span);
}

static bool is_visible(const struct pc_reader *reader, struct pc_area text, size_t line)
{
    return line >= reader->pager.top &&
           line < reader->pager.top + (size_t)(text.h > 0 ? text.h : 0);
}

bool pc_reader_next_link(struct pc_reader *reader, struct pc_area area, bool backwards)
{
    const struct pc_document *d = reader->document;
    struct pc_area text = pc_reader_inside(area);
    if (!d || d->n_links == 0)
        return false;
    size_t line = reader->link_line, span = reader->link_span;
    if (!reader->has_link || !is_visible(reader, text, line)) {
        line = backwards ? reader->pager.top + (size_t)(text.h > 0 ? text.h : 1)
                         : reader->pager.top;
        line = line < d->n_lines ? line : 0;
        span = 0;
        if (backwards || !begins(d, line, span))
            step(d, &line, &span, backwards);
    } else {
        step(d, &line, &span, backwards);
    }
    while (!begins(d, line, span))
        step(d, &line, &span, backwards);
    reader->has_link = true;
    reader->link_line = line;
    reader->link_span = span;
    if (!is_visible(reader, text, line))
        pc_pager_show(&reader->pager, text.h,
                      line > (size_t)text.h / 3 ? line - (size_t)text.h / 3 : 0);
    return true;
}

const struct pc_link *pc_reader_link(const struct pc_reader *reader, struct pc_area area)
{
    const struct pc_document *d = reader->document;
    if (!d || !reader->has_link ||
        !is_visible(reader, pc_reader_inside(area), reader->link_line))
        return NULL;
    return &d->links[d->lines[reader->link_line].spans[reader->link_span].link - 1];
}

void pc_reader_mark_link(const struct pc_reader *reader, struct pc_canvas *canvas,
                         struct pc_area text)
{
    const struct pc_document *d = reader->document;
    if (!reader->has_link)
        return;
    size_t line = reader->link_line, span = reader->link_span;
    uint32_t number = d->lines[line].spans[span].link;
    for (; line < d->n_lines; line++, span = 0) {
        const struct pc_line *l = &d->lines[line];
        while (span < l->n_spans && l->spans[span].link != number)
            span++;
        if (span == l->n_spans || (line > reader->link_line && !continues(d, line, span)))
            return;
        for (; span < l->n_spans && l->spans[span].link == number; span++)
            pc_reader_mark(reader, canvas, text, line, l->spans[span].at, l->spans[span].n);
        if (span < l->n_spans)
            return;
    }
}
