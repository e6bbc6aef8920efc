#include "tui/reader_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { MARGIN = 2 };

static void drop_layout(struct pc_reader *reader)
{
    pc_document_free(reader->document);
    free(reader->lines);
    free(reader->spans);
    reader->document = NULL;
    reader->lines = NULL;
    reader->spans = NULL;
    reader->width = 0;
    reader->has_link = false;
}

void pc_reader_set(struct pc_reader *reader, char *markdown, size_t n)
{
    drop_layout(reader);
    free(reader->markdown);
    reader->markdown = markdown;
    reader->n = n;
    reader->is_source = false;
    reader->placed = SIZE_MAX;
}

void pc_reader_set_source(struct pc_reader *reader, char *source, size_t n)
{
    pc_reader_set(reader, source, n);
    reader->is_source = true;
}

/* The lines of the document as the pager wants them: spans by their ends. */
static void make_lines(struct pc_reader *reader)
{
    const struct pc_document *d = reader->document;
    size_t spans = 0;
    for (size_t i = 0; i < d->n_lines; i++)
        spans += d->lines[i].n_spans;
    reader->lines = pc_alloc_array(d->n_lines, sizeof *reader->lines);
    reader->spans = pc_alloc_array(spans, sizeof *reader->spans);
    struct pc_pager_span *next = reader->spans;
    for (size_t i = 0; i < d->n_lines; i++) {
        const struct pc_line *line = &d->lines[i];
        reader->lines[i] = (struct pc_pager_line){.text = line->text,
                                                  .n = line->n,
                                                  .spans = next,
                                                  .n_spans = line->n_spans,
                                                  .slides = line->code};
        for (size_t k = 0; k < line->n_spans; k++)
            *next++ = (struct pc_pager_span){.end = line->spans[k].at + line->spans[k].n,
                                             .style = line->spans[k].style};
    }
}

struct pc_area pc_reader_inside(struct pc_area area)
{
    return area.w > 40 ? pc_area_inset(area, MARGIN, 0) : area;
}

/* Remember what is on top.  As long as nobody scrolls it is what was remembered before, or
 * the text would creep away over many changes of the width. */
static void note_place(struct pc_reader *reader)
{
    const struct pc_document *d = reader->document;
    if (!d || d->n_lines == 0 || reader->placed == reader->pager.top)
        return;
    reader->placed = reader->pager.top;
    reader->place = d->lines[reader->placed].place;
}

void pc_reader_settle(struct pc_reader *reader, struct pc_area area, bool ascii)
{
    struct pc_area text = pc_reader_inside(area);
    bool same_text = reader->document != NULL;
    if (same_text && reader->width == text.w && reader->ascii == ascii) {
        /* The height may be another one. */
        pc_pager_show(&reader->pager, text.h, reader->pager.top);
        return;
    }
    const struct pc_markup_options options = {.width = (size_t)(text.w > 0 ? text.w : 1),
                                              .ascii = ascii};
    note_place(reader);
    struct pc_spot match = {0};
    if (same_text && reader->words)
        match = reader->document->lines[reader->match.line].place;
    drop_layout(reader);
    const char *from = reader->markdown ? reader->markdown : "";
    reader->document = reader->is_source ? pc_markup_render_c(from, reader->n, &options)
                                         : pc_markup_render(from, reader->n, &options);
    make_lines(reader);
    reader->width = text.w;
    reader->ascii = ascii;
    pc_pager_set(&reader->pager, reader->lines, reader->document->n_lines, text.h);
    reader->match = (struct pc_match){.line = pc_document_line_at(reader->document, match)};
    if (!same_text)
        return;
    pc_pager_show(&reader->pager, text.h,
                  pc_document_line_at(reader->document, reader->place));
    reader->placed = reader->pager.top;
}

enum pc_reaction pc_reader_act(struct pc_reader *reader, struct pc_area area,
                               enum pc_action action)
{
    return pc_pager_act(&reader->pager, pc_reader_inside(area).h, action);
}

void pc_reader_go_to(struct pc_reader *reader, struct pc_area area, const char *title)
{
    const struct pc_document *d = reader->document;
    size_t line = 0;
    for (size_t i = 0; d && i < d->n_headings && line == 0; i++)
        if (strcmp(d->headings[i].text, title) == 0)
            line = d->headings[i].line;
    pc_pager_show(&reader->pager, pc_reader_inside(area).h, line);
}

void pc_reader_mark(const struct pc_reader *reader, struct pc_canvas *canvas,
                    struct pc_area text, size_t line, size_t at, size_t n)
{
    const struct pc_line *l = &reader->document->lines[line];
    if (line < reader->pager.top || line >= reader->pager.top + (size_t)text.h)
        return;
    int x = pc_canvas_measure(canvas, l->text, at);
    int width = pc_canvas_measure(canvas, l->text + at, n);
    if (l->code)
        x -= (int)reader->pager.side;
    struct pc_area row = pc_area_rows(text, (int)(line - reader->pager.top), 1);
    pc_canvas_mark(canvas, pc_area_columns(row, x, width));
}

void pc_reader_draw(const struct pc_reader *reader, struct pc_canvas *canvas,
                    struct pc_area area)
{
    struct pc_area text = pc_reader_inside(area);
    pc_pager_draw(&reader->pager, canvas, text);
    if (!reader->document)
        return;
    pc_reader_mark_matches(reader, canvas, text);
    pc_reader_mark_link(reader, canvas, text);
}

void pc_reader_fini(struct pc_reader *reader)
{
    drop_layout(reader);
    pc_pager_fini(&reader->pager);
    free(reader->markdown);
    free(reader->words);
    *reader = (struct pc_reader){0};
}
