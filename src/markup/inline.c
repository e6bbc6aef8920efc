#include "markup/inline.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct link {
    unsigned number;
    size_t begin; /* of its text in the flow */
};

struct reader {
    struct pc_draft *draft;
    struct pc_flow *flow;
    enum pc_style base;
    size_t strong, emphasis; /* how many are open */
    struct link *items;      /* the links that are open, innermost last */
    size_t n, cap;
};

static void add(struct reader *reader, const char *s, enum pc_style style)
{
    unsigned link = reader->n ? reader->items[reader->n - 1].number : 0;
    pc_flow_add(reader->flow, s, strlen(s), style, link);
}

static enum pc_style style_here(const struct reader *reader)
{
    if (reader->n)
        return PC_STYLE_LINK;
    if (reader->base == PC_STYLE_HEADING)
        return PC_STYLE_HEADING;
    if (reader->strong)
        return PC_STYLE_STRONG;
    return reader->emphasis ? PC_STYLE_EMPHASIS : reader->base;
}

/* Short pieces of code stay in one line, so that they can be read as one. */
static void add_code(struct reader *reader, const char *code)
{
    size_t n = strlen(code), whole_max = pc_draft_measure(reader->draft) / 3;
    unsigned link = reader->n ? reader->items[reader->n - 1].number : 0;
    enum pc_style style = reader->n ? PC_STYLE_LINK : PC_STYLE_CODE;
    const char *mark = reader->draft->options.plain ? "`" : "";
    add(reader, mark, style);
    if (n <= whole_max)
        pc_flow_add_whole(reader->flow, code, n, style, link);
    else
        pc_flow_add(reader->flow, code, n, style, link);
    add(reader, mark, style);
}

static void open_link(struct reader *reader, const char *url)
{
    struct link *link = PC_PUSH(reader);
    link->begin = reader->flow->text.len;
    link->number = url && *url ? pc_draft_link(reader->draft, url) : 0;
}

static void close_link(struct reader *reader)
{
    assert(reader->n > 0); /* each end has its beginning */
    const struct link *link = &reader->items[reader->n - 1];
    if (link->number) {
        struct pc_link *target = &reader->draft->links.items[link->number - 1];
        const struct pc_str *text = &reader->flow->text;
        if (!target->text)
            target->text = pc_flow_text(reader->flow, link->begin);
        char mark[32];
        int n = snprintf(mark, sizeof mark, "%s[%u]",
                         text->len > link->begin ? "\u00a0" : "", link->number);
        pc_flow_add(reader->flow, mark, (size_t)n, PC_STYLE_LINK, link->number);
    }
    reader->n--;
}

static void enter(struct reader *reader, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE:
        add(reader, cmark_node_get_literal(node), style_here(reader));
        break;
    case CMARK_NODE_CODE:
        add_code(reader, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
        add(reader, " ", style_here(reader));
        break;
    case CMARK_NODE_LINEBREAK:
        pc_flow_break(reader->flow);
        break;
    case CMARK_NODE_STRONG:
        reader->strong++;
        break;
    case CMARK_NODE_EMPH:
        reader->emphasis++;
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        open_link(reader, cmark_node_get_url(node));
        break;
    default:
        break;
    }
}

static void leave(struct reader *reader, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_STRONG:
        reader->strong--;
        break;
    case CMARK_NODE_EMPH:
        reader->emphasis--;
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        close_link(reader);
        break;
    default:
        break;
    }
}

/* cmark's iterator needs no recursion, so that no depth of nesting is too much. */
static void read_tree(struct reader *reader, cmark_node *root)
{
    cmark_iter *iter = cmark_iter_new(root);
    for (;;) {
        cmark_event_type event = cmark_iter_next(iter);
        if (event == CMARK_EVENT_DONE)
            break;
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER)
            enter(reader, node);
        else
            leave(reader, node);
    }
    cmark_iter_free(iter);
}

void pc_inline_add(struct pc_draft *draft, struct pc_flow *flow, cmark_node *node,
                   enum pc_style base)
{
    struct reader reader = {.draft = draft, .flow = flow, .base = base};
    if (cmark_node_first_child(node)) {
        read_tree(&reader, node);
    } else {
        enter(&reader, node);
        leave(&reader, node);
    }
    free(reader.items);
}

void pc_inline_add_children(struct pc_draft *draft, struct pc_flow *flow, cmark_node *block,
                            enum pc_style base)
{
    struct reader reader = {.draft = draft, .flow = flow, .base = base};
    read_tree(&reader, block);
    free(reader.items);
}
