#include "markup/code.h"

#include <string.h>

#include "markup/clexer.h"
#include "markup/flow.h"

static void end_line(struct pc_draft *draft, struct pc_flow *flow, const char *gutter)
{
    struct pc_piece whole = {.end = flow->text.len};
    pc_draft_begin(draft);
    pc_draft_put_head(draft, gutter, PC_STYLE_FAINT);
    pc_draft_put_piece(draft, flow, &whole);
    pc_draft_end(draft, true);
    pc_flow_clear(flow);
}

void pc_code_add(struct pc_draft *draft, const char *code, size_t n, bool is_c,
                 const char *gutter)
{
    struct pc_flow flow = {.ascii = draft->options.ascii, .verbatim = true};
    struct pc_clexer lexer = {0};
    pc_draft_block(draft);
    while (n > 0) {
        enum pc_style style = PC_STYLE_TEXT;
        size_t len;
        if (is_c) {
            len = pc_clexer_next(&lexer, code, n, &style);
        } else {
            const char *end = memchr(code, '\n', n);
            len = end == code ? 1 : end ? (size_t)(end - code) : n;
        }
        if (*code == '\n')
            end_line(draft, &flow, gutter);
        else
            pc_flow_add(&flow, code, len, style, 0);
        code += len;
        n -= len;
    }
    if (flow.text.len > 0)
        end_line(draft, &flow, gutter);
    pc_flow_fini(&flow);
}
