#include "report/plain.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void pc_plain_fill(const char *text, size_t n, const char *first, const char *rest,
                   size_t columns, struct pc_str *out)
{
    size_t at = pc_text_width(first, strlen(first));
    bool fresh = true; /* no word on this line yet */
    pc_str_adds(out, first);
    for (size_t i = 0; i < n;) {
        while (i < n && is_space(text[i]))
            i++;
        size_t begin = i;
        while (i < n && !is_space(text[i]))
            i++;
        if (i == begin)
            break;
        size_t width = pc_text_width(text + begin, i - begin);
        if (!fresh && at + 1 + width > columns) {
            pc_str_addf(out, "\n%s", rest);
            at = pc_text_width(rest, strlen(rest));
            fresh = true;
        }
        pc_str_adds(out, fresh ? "" : " ");
        pc_str_add(out, text + begin, i - begin);
        at += width + !fresh;
        fresh = false;
    }
    pc_str_adds(out, "\n");
}

/* One line of the source, without its end. */
struct source_line {
    const char *s;
    size_t n;
    size_t indent; /* white space at its beginning */
};

static bool next_line(const char **p, struct source_line *line)
{
    if (!**p)
        return false;
    line->s = *p;
    line->n = strcspn(*p, "\n");
    *p += line->n + ((*p)[line->n] == '\n');
    while (line->n > 0 && is_space(line->s[line->n - 1]))
        line->n--;
    line->indent = 0;
    while (line->indent < line->n && line->s[line->indent] == ' ')
        line->indent++;
    return true;
}

static bool is_fence(const struct source_line *line)
{
    const char *s = line->s + line->indent;
    return line->n - line->indent >= 3 &&
           (strncmp(s, "```", 3) == 0 || strncmp(s, "~~~", 3) == 0);
}

/* The width of "- ", "> " or "12. " in front of the text; 0: none. */
static size_t marker(const struct source_line *line)
{
    const char *s = line->s + line->indent;
    size_t n = line->n - line->indent, digits = 0;
    while (digits < n && isdigit((unsigned char)s[digits]))
        digits++;
    if (digits > 0 && digits < 4 && digits + 1 < n && s[digits] == '.' &&
        s[digits + 1] == ' ')
        return digits + 2;
    return n > 1 && strchr("-*+>", s[0]) && s[1] == ' ' ? 2 : 0;
}

/* A line that stands for itself: nothing is joined to it. */
static bool stands_alone(const struct source_line *line)
{
    char c = line->s[line->indent];
    return c == '#' || c == '|' || line->indent >= 4;
}

/* A paragraph or item on its way. */
struct paragraph {
    struct pc_str text;
    char *first, *rest;
};

static void flush(struct paragraph *p, size_t columns, struct pc_str *out)
{
    if (p->text.len > 0)
        pc_plain_fill(p->text.s, p->text.len, p->first, p->rest, columns, out);
    pc_str_fini(&p->text);
    free(p->first);
    free(p->rest);
    *p = (struct paragraph){0};
}

static void begin(struct paragraph *p, const struct source_line *line, size_t mark)
{
    size_t n = line->indent + mark;
    p->first = pc_strndup(line->s, n);
    /* A quote keeps its sign on every line, an item is indented. */
    p->rest = mark && line->s[line->indent] == '>' ? pc_strdup(p->first)
                                                   : pc_strfmt("%*s", (int)n, "");
    pc_str_add(&p->text, line->s + n, line->n - n);
}

void pc_plain_markdown(const char *text, size_t columns, struct pc_str *out)
{
    struct paragraph p = {0};
    struct source_line line;
    bool code = false;
    while (next_line(&text, &line)) {
        bool fence = is_fence(&line), in_text = p.text.len > 0;
        size_t mark = code || line.n == 0 ? 0 : marker(&line);
        bool alone = line.n > 0 && !in_text && !mark && stands_alone(&line);
        alone = alone || (line.n > 0 && strchr("#|", line.s[line.indent]));
        if (code || fence || line.n == 0 || alone) {
            flush(&p, columns, out);
            pc_str_add(out, line.s, line.n);
            pc_str_adds(out, "\n");
        } else if (in_text && !mark) {
            pc_str_adds(&p.text, " ");
            pc_str_add(&p.text, line.s, line.n);
        } else if (in_text && p.rest[0] == '>' && line.s[line.indent] == '>') {
            pc_str_adds(&p.text, " ");
            pc_str_add(&p.text, line.s + line.indent + mark, line.n - line.indent - mark);
        } else {
            flush(&p, columns, out);
            begin(&p, &line, mark);
        }
        code = fence ? !code : code;
    }
    flush(&p, columns, out);
}
