#include "markup/draft.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { WIDTH_MAX = 2000 };

void pc_draft_init(struct pc_draft *draft, const struct pc_markup_options *options)
{
    *draft = (struct pc_draft){.options = *options, .text_max = PC_DRAFT_TEXT_MAX};
    size_t *width = &draft->options.width;
    if (*width < PC_MARKUP_WIDTH_MIN)
        *width = PC_MARKUP_WIDTH_MIN;
    if (*width > WIDTH_MAX)
        *width = WIDTH_MAX;
    /* The first block is number 0. */
    draft->next.block = (size_t)-1;
}

size_t pc_draft_room(const struct pc_draft *draft)
{
    return draft->options.width - draft->margin;
}

size_t pc_draft_measure(const struct pc_draft *draft)
{
    size_t room = pc_draft_room(draft);
    size_t measure = PC_MARKUP_MEASURE - draft->margin;
    return room < measure ? room : measure;
}

void pc_draft_push_margin(struct pc_draft *draft, const char *mark, bool every_line)
{
    size_t columns = pc_text_width(mark, strlen(mark)), half = draft->options.width / 2;
    if (half > PC_MARKUP_MEASURE / 2)
        half = PC_MARKUP_MEASURE / 2;
    if (draft->hidden || draft->margin + columns > half) {
        draft->hidden++;
        return;
    }
    struct pc_margin *margin = PC_PUSH(&draft->margins);
    strncpy(margin->mark, mark, sizeof margin->mark - 1);
    margin->columns = columns;
    margin->every_line = every_line;
    draft->margin += columns;
}

void pc_draft_pop_margin(struct pc_draft *draft)
{
    if (draft->hidden) {
        draft->hidden--;
        return;
    }
    struct pc_margin *margin = &draft->margins.items[draft->margins.n - 1];
    if (!margin->used) {
        pc_draft_block(draft);
        pc_draft_begin(draft);
        pc_draft_end(draft, false);
    }
    draft->margin -= margin->columns;
    draft->margins.n--;
}

void pc_draft_block(struct pc_draft *draft)
{
    draft->next.block++;
    draft->next.offset = 0;
}

/* Append to the line; the span before goes on when it looks the same. */
static void put(struct pc_draft *draft, const char *s, size_t n, enum pc_style style,
                unsigned link)
{
    if (n == 0)
        return;
    struct pc_line *line = &draft->open.line;
    pc_str_add(&draft->text, s, n);
    line->width += pc_flow_width(s, n);
    struct pc_span *last = line->n_spans ? &draft->spans.items[draft->spans.n - 1] : NULL;
    if (!last || last->style != style || last->link != link) {
        last = PC_PUSH(&draft->spans);
        *last = (struct pc_span){.at = (uint32_t)line->n, .style = style, .link = link};
        line->n_spans++;
    }
    last->n += (uint32_t)n;
    line->n += n;
}

static void put_waiting_blanks(struct pc_draft *draft)
{
    static const char blanks[] = "                                                  ";
    while (draft->blanks > 0) {
        size_t n = draft->blanks < sizeof blanks - 1 ? draft->blanks : sizeof blanks - 1;
        put(draft, blanks, n, PC_STYLE_TEXT, 0);
        draft->blanks -= n;
    }
}

/* The blanks before the first text are the end of the head. */
static void begin_text(struct pc_draft *draft)
{
    put_waiting_blanks(draft);
    if (draft->in_head)
        draft->open.line.head = draft->open.line.n;
    draft->in_head = false;
}

void pc_draft_put(struct pc_draft *draft, const char *s, enum pc_style style)
{
    begin_text(draft);
    put(draft, s, strlen(s), style, 0);
}

void pc_draft_put_blanks(struct pc_draft *draft, size_t n)
{
    draft->blanks += n;
}

/* A no-break space has done its work when the lines are known. */
static void put_plain(struct pc_draft *draft, const char *s, size_t n,
                      const struct pc_flow_run *run)
{
    static const char no_break_space[] = "\u00a0";
    for (;;) {
        const char *found = memmem(s, n, no_break_space, 2);
        size_t before = found ? (size_t)(found - s) : n;
        put(draft, s, before, run->style, run->link);
        if (!found)
            return;
        put(draft, " ", 1, run->style, run->link);
        s += before + 2;
        n -= before + 2;
    }
}

void pc_draft_put_piece(struct pc_draft *draft, const struct pc_flow *flow,
                        const struct pc_piece *piece)
{
    if (piece->end == piece->begin)
        return;
    begin_text(draft);
    /* The run that holds the piece's first byte is the first that ends behind it. */
    size_t low = 0, high = flow->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (flow->items[middle].end > piece->begin)
            high = middle;
        else
            low = middle + 1;
    }
    for (size_t at = piece->begin; at < piece->end; low++) {
        const struct pc_flow_run *run = &flow->items[low];
        size_t end = run->end < piece->end ? run->end : piece->end;
        put_plain(draft, flow->text.s + at, end - at, run);
        at = end;
    }
}

void pc_draft_put_head(struct pc_draft *draft, const char *s, enum pc_style style)
{
    size_t before = strspn(s, " "), n = strlen(s);
    draft->blanks += before;
    if (before == n)
        return;
    size_t end = n;
    while (s[end - 1] == ' ')
        end--;
    put_waiting_blanks(draft);
    put(draft, s + before, end - before, style, 0);
    draft->blanks += n - end;
}

static void begin_line(struct pc_draft *draft, struct pc_spot place, size_t margins)
{
    draft->open = (struct pc_draft_line){
        .line.place = place, .text = draft->text.len, .span = draft->spans.n};
    draft->blanks = 0;
    draft->in_head = true;
    for (size_t i = 0; i < margins; i++) {
        struct pc_margin *margin = &draft->margins.items[i];
        if (margin->every_line || !margin->used)
            pc_draft_put_head(draft, margin->mark, PC_STYLE_FAINT);
        else
            draft->blanks += margin->columns;
        margin->used = true;
    }
}

static void end_line(struct pc_draft *draft, bool code)
{
    if (draft->in_head)
        draft->open.line.head = draft->open.line.n;
    draft->open.line.code = code;
    pc_str_add(&draft->text, "", 1);
    if (draft->text.len > draft->text_max) {
        draft->cut = true;
        draft->text.len = draft->open.text;
        draft->spans.n = draft->open.span;
        return;
    }
    *PC_PUSH(&draft->lines) = draft->open;
}

void pc_draft_gap(struct pc_draft *draft)
{
    draft->gap = draft->lines.n > 0;
}

static void add_gap(struct pc_draft *draft)
{
    /* What begins only below the gap is at the end of the margins and not shown yet. */
    size_t margins = draft->margins.n;
    while (margins > 0 && !draft->margins.items[margins - 1].used)
        margins--;
    size_t last_block = draft->lines.items[draft->lines.n - 1].line.place.block;
    begin_line(draft, (struct pc_spot){last_block, SIZE_MAX}, margins);
    end_line(draft, false);
    draft->gap = false;
}

void pc_draft_begin(struct pc_draft *draft)
{
    if (draft->gap)
        add_gap(draft);
    begin_line(draft, draft->next, draft->margins.n);
}

void pc_draft_end(struct pc_draft *draft, bool code)
{
    end_line(draft, code);
    draft->next.offset++;
}

void pc_draft_prose(struct pc_draft *draft, const struct pc_flow *flow, size_t hang)
{
    size_t measure = pc_draft_measure(draft), at = 0, indent = 0;
    size_t from = draft->next.offset;
    struct pc_piece piece;
    if (hang + 2 > measure / 2)
        hang = 0;
    while (pc_flow_next(flow, &at, measure - indent, &piece)) {
        draft->next.offset = from + piece.begin;
        pc_draft_begin(draft);
        pc_draft_put_blanks(draft, indent);
        pc_draft_put_piece(draft, flow, &piece);
        pc_draft_end(draft, false);
        indent = hang;
    }
}

/* Printable ASCII only, so that neither a terminal nor a shell is surprised. */
static char *encoded_url(const char *url)
{
    struct pc_str out = {0};
    for (const char *p = url; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c <= ' ' || c >= 0x7f)
            pc_str_addf(&out, "%%%02X", c);
        else
            pc_str_add(&out, p, 1);
    }
    return pc_str_take(&out);
}

unsigned pc_draft_link(struct pc_draft *draft, const char *url)
{
    PC_AUTO(pc_auto_free) char *encoded = encoded_url(url);
    for (size_t i = 0; i < draft->links.n; i++)
        if (strcmp(draft->links.items[i].url, encoded) == 0)
            return (unsigned)i + 1;
    if (draft->links.n == PC_DRAFT_LINKS_MAX)
        return 0;
    struct pc_link *link = PC_PUSH(&draft->links);
    link->url = PC_TAKE(encoded);
    return (unsigned)draft->links.n;
}

/* The memory that a document's lines point into goes with it. */
struct owner {
    struct pc_document document;
    char *text;
    struct pc_span *spans;
};

static void add_cut_note(struct pc_draft *draft)
{
    static const char note[] = "[The rest is left out: this text is too long.]";
    struct pc_flow flow = {0};
    pc_flow_add(&flow, note, sizeof note - 1, PC_STYLE_FAINT, 0);
    draft->text_max = SIZE_MAX;
    pc_draft_gap(draft);
    pc_draft_block(draft);
    pc_draft_prose(draft, &flow, 0);
    pc_flow_fini(&flow);
}

struct pc_document *pc_draft_finish(struct pc_draft *draft)
{
    if (draft->cut)
        add_cut_note(draft);
    size_t n = draft->lines.n;
    struct pc_line *lines = pc_alloc_array(n, sizeof *lines);
    for (size_t i = 0; i < n; i++) {
        const struct pc_draft_line *from = &draft->lines.items[i];
        lines[i] = from->line;
        lines[i].text = draft->text.s + from->text;
        if (lines[i].n_spans > 0)
            lines[i].spans = draft->spans.items + from->span;
    }
    /* From the end, so that the first line of a link is the one that stays. */
    for (size_t i = n; i-- > 0;)
        for (size_t k = 0; k < lines[i].n_spans; k++)
            if (lines[i].spans[k].link)
                draft->links.items[lines[i].spans[k].link - 1].line = i;
    struct owner *owner = pc_alloc(sizeof *owner);
    *owner = (struct owner){
        .document = {.lines = lines,
                     .n_lines = n,
                     .headings = draft->headings.items,
                     .n_headings = draft->headings.n,
                     .links = draft->links.items,
                     .n_links = draft->links.n,
                     .cut = draft->cut},
        .text = draft->text.s,
        .spans = draft->spans.items,
    };
    for (size_t i = 0; i < draft->headings.n; i++) {
        struct pc_heading *heading = &draft->headings.items[i];
        heading->line = pc_document_line_at(&owner->document,
                                            (struct pc_spot){.block = heading->block});
    }
    free(draft->lines.items);
    free(draft->margins.items);
    return &owner->document;
}

void pc_document_free(struct pc_document *document)
{
    if (!document)
        return;
    struct owner *owner = (struct owner *)document;
    for (size_t i = 0; i < document->n_headings; i++)
        free((char *)document->headings[i].text);
    for (size_t i = 0; i < document->n_links; i++) {
        free((char *)document->links[i].url);
        free((char *)document->links[i].text);
    }
    free(document->headings);
    free(document->links);
    free(document->lines);
    free(owner->text);
    free(owner->spans);
    free(owner);
}
