#include "markup/flow.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "markup/ascii.h"

enum { TAB = 4, NO_BREAK_SPACE = 0xa0, NARROW_NO_BREAK_SPACE = 0x202f };
static const char no_break_space[] = "\u00a0";

static bool within(uint32_t c, uint32_t first, uint32_t last)
{
    return c - first <= last - first;
}

/* Characters that say something about their neighbours and show nothing: terminals do not
 * agree on how wide these are. */
static bool is_invisible(uint32_t c)
{
    return c == 0xad || within(c, 0x200b, 0x200f) || within(c, 0x2060, 0x2064) ||
           c == 0x61c || within(c, 0xfe00, 0xfe0f) || c == 0xfeff;
}

/* What is shown for a character outside ASCII; NULL for itself. */
static const char *shown(const struct pc_flow *flow, uint32_t c)
{
    if (c == NO_BREAK_SPACE || c == NARROW_NO_BREAK_SPACE)
        return flow->verbatim ? " " : no_break_space;
    if (is_invisible(c))
        return "";
    if (c < 0xa0 || within(c, 0x202a, 0x202e) || within(c, 0x2066, 0x2069))
        return "?";
    if (c == 0x2028 || c == 0x2029)
        return " ";
    return flow->ascii ? pc_ascii(c) : NULL;
}

size_t pc_flow_width(const char *s, size_t n)
{
    size_t plain = 0;
    while (plain < n && (unsigned char)s[plain] < 0x80)
        plain++;
    return plain == n ? n : plain + pc_text_width(s + plain, n - plain);
}

static void put(struct pc_flow *flow, const char *s, size_t n)
{
    pc_str_add(&flow->text, s, n);
    if (flow->verbatim)
        flow->column += pc_flow_width(s, n);
}

static void put_blank(struct pc_flow *flow)
{
    const struct pc_str *text = &flow->text;
    if (!flow->verbatim) {
        bool blank = text->len == 0 || text->s[text->len - 1] == ' ' ||
                     text->s[text->len - 1] == '\n';
        if (blank)
            return;
    }
    put(flow, " ", 1);
}

/* Spellings can begin with a blank, so that "2" and a half do not become "21/2". */
static void put_spelling(struct pc_flow *flow, const char *s)
{
    if (*s == ' ') {
        put_blank(flow);
        s++;
    }
    put(flow, s, strlen(s));
}

/* Append one character that is no plain printable one; gives its bytes. */
static size_t add_special(struct pc_flow *flow, const char *s, size_t n)
{
    uint32_t c;
    size_t len = pc_text_decode(s, n, &c);
    if (len == 0) {
        put(flow, "?", 1);
        return 1;
    }
    if (c == '\t' && flow->verbatim) {
        put(flow, "    ", TAB - flow->column % TAB);
    } else if (c == '\r' && flow->verbatim) {
        /* Half of a line's end. */
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        put_blank(flow);
    } else if (c < 0x80) {
        put(flow, "?", 1);
    } else {
        const char *instead = shown(flow, c);
        if (instead)
            put_spelling(flow, instead);
        else
            put(flow, s, len);
    }
    return len;
}

/* Let the last run end where the text ends, or begin a new one. */
static void end_run(struct pc_flow *flow, enum pc_style style, unsigned link)
{
    struct pc_flow_run *last = flow->n ? &flow->items[flow->n - 1] : NULL;
    if ((last ? last->end : 0) == flow->text.len)
        return;
    if (!last || last->style != style || last->link != link) {
        last = PC_PUSH(flow);
        last->style = style;
        last->link = link;
    }
    last->end = flow->text.len;
}

void pc_flow_add(struct pc_flow *flow, const char *s, size_t n, enum pc_style style,
                 unsigned link)
{
    for (size_t i = 0; i < n;) {
        size_t plain = i;
        while (plain < n && s[plain] > ' ' && s[plain] < 0x7f)
            plain++;
        if (plain > i)
            put(flow, s + i, plain - i);
        i = plain;
        if (i < n)
            i += add_special(flow, s + i, n - i);
    }
    end_run(flow, style, link);
}

void pc_flow_add_whole(struct pc_flow *flow, const char *s, size_t n, enum pc_style style,
                       unsigned link)
{
    for (size_t i = 0; i < n;) {
        const char *blank = memchr(s + i, ' ', n - i);
        size_t len = blank ? (size_t)(blank - s) - i : n - i;
        pc_flow_add(flow, s + i, len, style, link);
        if (blank)
            pc_flow_add(flow, no_break_space, 2, style, link);
        i += len + 1;
    }
}

void pc_flow_break(struct pc_flow *flow)
{
    pc_str_add(&flow->text, "\n", 1);
    end_run(flow, PC_STYLE_TEXT, 0);
}

void pc_flow_trim(struct pc_flow *flow)
{
    struct pc_str *text = &flow->text;
    if (text->len == 0 || text->s[text->len - 1] != ' ')
        return;
    text->s[--text->len] = '\0';
    struct pc_flow_run *last = &flow->items[flow->n - 1];
    size_t before = flow->n > 1 ? last[-1].end : 0;
    last->end--;
    if (last->end == before)
        flow->n--;
}

void pc_flow_clear(struct pc_flow *flow)
{
    if (flow->text.s)
        flow->text.s[0] = '\0';
    flow->text.len = 0;
    flow->n = 0;
    flow->column = 0;
}

void pc_flow_fini(struct pc_flow *flow)
{
    pc_str_fini(&flow->text);
    free(flow->items);
    flow->items = NULL;
    flow->n = flow->cap = 0;
}

char *pc_flow_text(const struct pc_flow *flow, size_t begin)
{
    struct pc_str out = {0};
    const char *s = pc_str_get(&flow->text) + begin;
    for (; *s; s++) {
        bool blank = strncmp(s, no_break_space, 2) == 0;
        pc_str_add(&out, blank || *s == '\n' ? " " : s, 1);
        s += blank;
    }
    return pc_str_take(&out);
}

/* Move `*at` over one character and give its width. */
static size_t step(const struct pc_flow *flow, size_t *at)
{
    const char *s = flow->text.s + *at;
    if ((unsigned char)*s < 0x80) {
        ++*at;
        return 1;
    }
    uint32_t c;
    size_t len = pc_text_decode(s, flow->text.len - *at, &c);
    *at += len;
    return pc_text_width(s, len);
}

/* The word at `from`, as far as it fits into `limit` columns; `*width` is more than `limit`
 * if it does not, and the end then lies before what was too much. */
static size_t word_end(const struct pc_flow *flow, size_t from, size_t limit, size_t *width)
{
    const struct pc_str *text = &flow->text;
    size_t at = from;
    *width = 0;
    while (at < text->len && text->s[at] != ' ' && text->s[at] != '\n') {
        size_t next = at, more = step(flow, &next);
        *width += more;
        if (*width > limit)
            return at;
        at = next;
    }
    return at;
}

bool pc_flow_next(const struct pc_flow *flow, size_t *at, size_t width,
                  struct pc_piece *piece)
{
    const struct pc_str *text = &flow->text;
    while (*at < text->len && text->s[*at] == ' ')
        ++*at;
    if (*at >= text->len)
        return false;
    size_t word = 0;
    *piece = (struct pc_piece){.begin = *at, .end = *at};
    for (size_t next = *at;;) {
        size_t gap = piece->end > piece->begin;
        size_t end = word_end(flow, next, width - piece->width - gap, &word);
        if (piece->width + gap + word > width) {
            if (gap)
                break;
            /* Nothing fits: break the word itself. */
            piece->end = end;
            piece->width = pc_text_width(text->s + next, end - next);
            break;
        }
        if (end > next) {
            piece->end = end;
            piece->width += gap + word;
        }
        if (end >= text->len || text->s[end] == '\n' || piece->width + 1 >= width)
            break;
        next = end + 1;
    }
    *at = piece->end;
    while (*at < text->len && text->s[*at] == ' ')
        ++*at;
    if (*at < text->len && text->s[*at] == '\n')
        ++*at;
    return true;
}

void pc_flow_measure(const struct pc_flow *flow, size_t *line, size_t *word)
{
    size_t columns = 0, letters = 0;
    *line = *word = 0;
    for (size_t at = 0; at < flow->text.len;) {
        char c = flow->text.s[at];
        size_t more = step(flow, &at);
        columns = c == '\n' ? 0 : columns + more;
        letters = c == '\n' || c == ' ' ? 0 : letters + more;
        *line = columns > *line && c != ' ' ? columns : *line;
        *word = letters > *word ? letters : *word;
    }
}
