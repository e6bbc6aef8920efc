#include "base/wrap.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

static void add_spaces(struct pc_str *out, size_t n)
{
    pc_str_addf(out, "%*s", (int)n, "");
}

void pc_wrap_add(struct pc_str *out, const char *text, const struct pc_wrap *wrap)
{
    size_t column = wrap->column;
    /* At the beginning of a line there is nothing that a break could save. */
    bool fresh = column <= wrap->indent;
    for (const char *p = text; *p;) {
        if (*p == '\n') {
            pc_str_add(out, p++, 1);
            column = 0;
            fresh = true;
            continue;
        }
        size_t gap = strspn(p, " "), word = strcspn(p + gap, " \n");
        size_t width = pc_text_width(p + gap, word);
        bool crosses = wrap->width && column + gap + width > wrap->width;
        if (crosses && !fresh && word > 0 && wrap->indent + width <= wrap->width) {
            pc_str_adds(out, "\n");
            add_spaces(out, wrap->indent);
            column = wrap->indent;
        } else {
            add_spaces(out, gap);
            column += gap;
        }
        pc_str_add(out, p + gap, word);
        column += width;
        fresh = false;
        p += gap + word;
    }
}

/* The length of a paragraph: lines up to an empty or indented one, or one indented line. */
static size_t paragraph(const char *text)
{
    size_t n = strcspn(text, "\n");
    if (n == 0 || *text == ' ')
        return n;
    while (text[n] == '\n' && text[n + 1] && text[n + 1] != '\n' && text[n + 1] != ' ')
        n += 1 + strcspn(text + n + 1, "\n");
    return n;
}

void pc_wrap_prose(struct pc_str *out, const char *text, size_t width)
{
    if (width == 0) {
        pc_str_adds(out, text);
        return;
    }
    while (*text) {
        size_t n = paragraph(text);
        struct pc_str joined = {0};
        pc_str_add(&joined, text, n);
        for (size_t i = 0; i < n; i++)
            if (joined.s[i] == '\n')
                joined.s[i] = ' ';
        pc_wrap_add(out, pc_str_get(&joined),
                    &(struct pc_wrap){.width = width, .indent = strspn(text, " ")});
        pc_str_fini(&joined);
        text += n;
        if (*text)
            pc_str_adds(out, "\n");
        text += *text == '\n';
    }
}
