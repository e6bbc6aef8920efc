#include "tui/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "markup/markup.h"

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
}

void pc_reader_set(struct pc_reader *reader, char *markdown, size_t n)
{
    drop_layout(reader);
    free(reader->markdown);
    reader->markdown = markdown;
    reader->n = n;
    reader->is_source = false;
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

static struct pc_area inside(struct pc_area area)
{
    return area.w > 40 ? pc_area_inset(area, MARGIN, 0) : area;
}

void pc_reader_settle(struct pc_reader *reader, struct pc_area area, bool ascii)
{
    struct pc_area text = inside(area);
    if (reader->document && reader->width == text.w && reader->ascii == ascii)
        return;
    const struct pc_markup_options options = {.width = (size_t)(text.w > 0 ? text.w : 1),
                                              .ascii = ascii};
    drop_layout(reader);
    const char *from = reader->markdown ? reader->markdown : "";
    reader->document = reader->is_source ? pc_markup_render_c(from, reader->n, &options)
                                         : pc_markup_render(from, reader->n, &options);
    make_lines(reader);
    reader->width = text.w;
    reader->ascii = ascii;
    pc_pager_set(&reader->pager, reader->lines, reader->document->n_lines, text.h);
}

enum pc_reaction pc_reader_act(struct pc_reader *reader, struct pc_area area,
                               enum pc_action action)
{
    return pc_pager_act(&reader->pager, inside(area).h, action);
}

void pc_reader_go_to(struct pc_reader *reader, struct pc_area area, const char *title)
{
    const struct pc_document *d = reader->document;
    pc_pager_act(&reader->pager, inside(area).h, PC_ACT_FIRST);
    for (size_t i = 0; d && i < d->n_headings; i++) {
        if (strcmp(d->headings[i].text, title) != 0)
            continue;
        for (size_t k = 0; k < d->headings[i].line; k++)
            pc_pager_act(&reader->pager, inside(area).h, PC_ACT_DOWN);
        return;
    }
}

void pc_reader_draw(const struct pc_reader *reader, struct pc_canvas *canvas,
                    struct pc_area area)
{
    pc_pager_draw(&reader->pager, canvas, inside(area));
}

void pc_reader_fini(struct pc_reader *reader)
{
    drop_layout(reader);
    pc_pager_fini(&reader->pager);
    free(reader->markdown);
    reader->markdown = NULL;
}
