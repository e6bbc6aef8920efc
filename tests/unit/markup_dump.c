#include "markup_dump.h"

#include "base/str.h"

char style_letter(enum pc_style style)
{
    static const char letters[] = {
        [PC_STYLE_TEXT] = '.',     [PC_STYLE_FAINT] = 'F',   [PC_STYLE_STRONG] = 'S',
        [PC_STYLE_EMPHASIS] = 'E', [PC_STYLE_HEADING] = 'H', [PC_STYLE_CODE] = 'C',
        [PC_STYLE_LINK] = 'L',     [PC_STYLE_QUOTE] = 'Q',   [PC_STYLE_KEYWORD] = 'k',
        [PC_STYLE_TYPE] = 't',     [PC_STYLE_STRING] = 's',  [PC_STYLE_NUMBER] = 'n',
        [PC_STYLE_COMMENT] = 'c',  [PC_STYLE_CALL] = 'f',    [PC_STYLE_DIRECTIVE] = 'd',
    };
    return style < sizeof letters && letters[style] ? letters[style] : '?';
}

char *dump_document(const struct pc_document *document)
{
    struct pc_str out = {0};
    for (size_t i = 0; i < document->n_lines; i++) {
        const struct pc_line *line = &document->lines[i];
        for (size_t k = 0; k < line->n_spans; k++) {
            const struct pc_span *span = &line->spans[k];
            bool plain = span->style == PC_STYLE_TEXT;
            if (!plain)
                pc_str_addf(&out, "{%c ", style_letter(span->style));
            pc_str_add(&out, line->text + span->at, span->n);
            if (!plain)
                pc_str_adds(&out, "}");
        }
        pc_str_adds(&out, "\n");
    }
    return pc_str_take(&out);
}
