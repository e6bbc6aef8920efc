#include "report/plain.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/wrap.h"

/* One line of the source, without its end and the white space before that. */
struct source_line {
    const char *s;
    size_t n, indent;
};

static bool next_line(const char **p, struct source_line *line)
{
    if (!**p)
        return false;
    line->s = *p;
    line->n = strcspn(*p, "\n");
    *p += line->n + ((*p)[line->n] == '\n');
    while (line->n > 0 && isspace((unsigned char)line->s[line->n - 1]))
        line->n--;
    line->indent = strspn(line->s, " ");
    if (line->indent > line->n)
        line->indent = line->n;
    return true;
}

static bool is_fence(const struct source_line *line)
{
    const char *s = line->s + line->indent;
    return line->n - line->indent >= 3 &&
           (strncmp(s, "```", 3) == 0 || strncmp(s, "~~~", 3) == 0);
}

/* The width of "- " or "12. " in front of the text of an item; 0: it is none. */
static size_t marker(const struct source_line *line)
{
    const char *s = line->s + line->indent;
    size_t n = line->n - line->indent, digits = strspn(s, "0123456789");
    if (digits > 0 && digits < 4 && digits + 1 < n && s[digits] == '.' &&
        s[digits + 1] == ' ')
        return digits + 2;
    return n > 1 && strchr("-*+", s[0]) && s[1] == ' ' ? 2 : 0;
}

/* A line that nothing is joined to: heading, row of a table, quote, indented code. */
static bool stands_alone(const struct source_line *line, bool inside)
{
    return strchr("#|>", line->s[line->indent]) || (line->indent >= 4 && !inside);
}

/* A paragraph or an item on its way. */
struct paragraph {
    struct pc_str text;
    size_t indent;
};

static void end_paragraph(struct paragraph *p, size_t width, struct pc_str *out)
{
    if (p->text.len > 0) {
        pc_wrap_add(out, p->text.s, &(struct pc_wrap){.width = width, .indent = p->indent});
        pc_str_adds(out, "\n");
    }
    pc_str_fini(&p->text);
}

void pc_plain_markdown(struct pc_str *out, const char *text, size_t width)
{
    struct paragraph p = {0};
    struct source_line line;
    bool code = false;
    if (width == 0) {
        pc_str_adds(out, text);
        return;
    }
    while (next_line(&text, &line)) {
        bool fence = is_fence(&line), inside = p.text.len > 0;
        size_t mark = code ? 0 : marker(&line);
        if (code || fence || line.n == 0 || (!mark && stands_alone(&line, inside))) {
            end_paragraph(&p, width, out);
            pc_str_add(out, line.s, line.n);
            pc_str_adds(out, "\n");
        } else if (inside && !mark) {
            pc_str_adds(&p.text, " ");
            pc_str_add(&p.text, line.s + line.indent, line.n - line.indent);
        } else {
            end_paragraph(&p, width, out);
            p.indent = line.indent + mark;
            pc_str_add(&p.text, line.s, line.n);
        }
        code = fence ? !code : code;
    }
    end_paragraph(&p, width, out);
}
