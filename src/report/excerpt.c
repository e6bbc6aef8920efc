#include "report/excerpt.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/wrap.h"

enum { MARGIN = 12, TAB = 4 }; /* columns in front of the source, and of a tab in it */

/* Harmless, and with spaces for tabs, so that the caret stands where it should. */
static void add_source(struct pc_str *line, const char *source, size_t n)
{
    PC_AUTO(pc_auto_free) char *text = pc_text_harmless(source, n, n);
    for (const char *p = text; *p; p++) {
        if (*p == '\t')
            pc_str_addf(line, "%*s", TAB, "");
        else
            pc_str_add(line, p, 1);
    }
}

/* The part of the line that the screen has room for; `*caret` moves along with it. */
static void cut(struct pc_str *line, size_t *caret, size_t room)
{
    const char *text = pc_str_get(line);
    if (pc_text_width(text, line->len) <= room)
        return;
    if (*caret >= room) {
        size_t hidden = *caret - room / 2;
        size_t bytes = pc_text_fit(text, line->len, hidden);
        *caret -= pc_text_width(text, bytes);
        pc_str_shift(line, bytes);
    }
    char *kept =
        pc_strndup(pc_str_get(line), pc_text_fit(pc_str_get(line), line->len, room));
    pc_str_fini(line);
    pc_str_adds(line, kept);
    pc_auto_free(&kept);
}

void pc_excerpt_add(struct pc_str *out, const struct pc_diagnostic *d, size_t width)
{
    PC_AUTO(pc_auto_free) char *said = pc_text_harmless(d->text, strlen(d->text), 2000);
    PC_AUTO(pc_auto_free) char *place =
        d->place.line > 0 ? pc_strfmt(":%d:%d", d->place.line, d->place.column)
                          : pc_strdup("");
    PC_AUTO(pc_auto_free) char *message = pc_strfmt("%s%s: %s: %s", d->place.file, place,
                                                    d->error ? "error" : "warning", said);
    pc_str_adds(out, "    ");
    pc_wrap_add(out, message, &(struct pc_wrap){.width = width, .column = 4, .indent = 6});
    pc_str_adds(out, "\n");
    if (!d->source)
        return;

    size_t n = strlen(d->source), before = (size_t)d->place.column - 1;
    bool pointed = d->place.column >= 1 && before <= n;
    struct pc_str line = {0};
    add_source(&line, d->source, pointed ? before : n);
    size_t caret = pc_text_width(pc_str_get(&line), line.len);
    if (pointed)
        add_source(&line, d->source + before, n - before);
    if (width > MARGIN)
        cut(&line, &caret, width - MARGIN);
    pc_str_addf(out, "    %5d | %s\n", d->place.line, pc_str_get(&line));
    pc_str_fini(&line);
    if (pointed)
        pc_str_addf(out, "          | %*s^\n", (int)caret, "");
}
