#include "markup/markup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmark.h>

#include "base/mem.h"
#include "markup/code.h"
#include "markup/draft.h"
#include "markup/inline.h"
#include "markup/table.h"

/* The numbers of a list: that of the next item, and how many digits the widest has. */
struct list {
    bool ordered;
    char delimiter;
    long next;
    int digits;
};

struct walk {
    struct pc_draft draft;
    struct list *items; /* the lists that are open, innermost last */
    size_t n, cap;
    size_t quotes; /* how many are open */
};

static void open_list(struct walk *walk, cmark_node *node)
{
    struct list *list = PC_PUSH(walk);
    list->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    if (!list->ordered)
        return;
    list->delimiter = cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ')' : '.';
    list->next = cmark_node_get_list_start(node);
    long last = list->next - 1;
    for (cmark_node *item = cmark_node_first_child(node); item;
         item = cmark_node_next(item))
        last++;
    list->digits = snprintf(NULL, 0, "%ld", last);
}

static void open_item(struct walk *walk)
{
    struct list *list = &walk->items[walk->n - 1];
    const struct pc_markup_options *options = &walk->draft.options;
    char mark[PC_MARK_MAX];
    if (list->ordered)
        snprintf(mark, sizeof mark, "%*ld%c ", list->digits, list->next++, list->delimiter);
    else
        snprintf(mark, sizeof mark, options->ascii || options->plain ? "- " : "\u2022 ");
    pc_draft_push_margin(&walk->draft, mark, false);
}

static void open_quote(struct walk *walk)
{
    const struct pc_markup_options *options = &walk->draft.options;
    const char *bar = options->plain ? "> " : options->ascii ? "| " : "\u2502 ";
    pc_draft_push_margin(&walk->draft, bar, true);
    walk->quotes++;
}

/* Whether an empty line belongs in front of a block. It may be the first in its list's item
 * or quote; then what counts is where the outermost of those that begin with it stands. */
static bool has_gap(cmark_node *node)
{
    while (!cmark_node_previous(node) && cmark_node_parent(node))
        node = cmark_node_parent(node);
    if (!cmark_node_parent(node))
        return false;
    if (cmark_node_get_type(node) == CMARK_NODE_ITEM)
        return !cmark_node_get_list_tight(cmark_node_parent(node));
    cmark_node *parent = cmark_node_parent(node);
    bool in_item = cmark_node_get_type(parent) == CMARK_NODE_ITEM;
    return !in_item || !cmark_node_get_list_tight(cmark_node_parent(parent));
}

static void begin_block(struct walk *walk, cmark_node *node)
{
    if (has_gap(node))
        pc_draft_gap(&walk->draft);
}

static struct pc_flow empty_flow(const struct walk *walk)
{
    return (struct pc_flow){.ascii = walk->draft.options.ascii};
}

static void add_paragraph(struct walk *walk, cmark_node *node)
{
    struct pc_draft *draft = &walk->draft;
    if (pc_table_add(draft, node))
        return;
    struct pc_flow flow = empty_flow(walk);
    pc_inline_add_children(draft, &flow, node,
                           walk->quotes ? PC_STYLE_QUOTE : PC_STYLE_TEXT);
    pc_draft_block(draft);
    pc_draft_prose(draft, &flow, 0);
    pc_flow_fini(&flow);
}

static void add_heading(struct walk *walk, cmark_node *node)
{
    struct pc_draft *draft = &walk->draft;
    struct pc_flow flow = empty_flow(walk);
    int level = cmark_node_get_heading_level(node);
    pc_draft_block(draft);
    size_t begin = 0;
    if (draft->options.plain) {
        pc_flow_add(&flow, "######", (size_t)level, PC_STYLE_HEADING, 0);
        pc_flow_add(&flow, " ", 1, PC_STYLE_HEADING, 0);
        begin = flow.text.len;
    }
    pc_inline_add_children(draft, &flow, node, PC_STYLE_HEADING);
    if (flow.text.len > begin)
        *PC_PUSH(&draft->headings) = (struct pc_heading){
            .level = level,
            .text = pc_flow_text(&flow, begin),
            .block = draft->next.block,
        };
    pc_draft_prose(draft, &flow, 0);
    pc_flow_fini(&flow);
}

static void add_code(struct walk *walk, cmark_node *node)
{
    const struct pc_markup_options *options = &walk->draft.options;
    const char *code = cmark_node_get_literal(node),
               *info = cmark_node_get_fence_info(node);
    const char *gutter = options->plain ? "    " : options->ascii ? "  | " : "  \u258f ";
    size_t word = info ? strcspn(info, " \t") : 0;
    bool is_c = word == 1 && (*info == 'c' || *info == 'h');
    pc_code_add(&walk->draft, code, strlen(code), is_c, gutter);
}

/* Nothing here can draw it, so it is shown as it was written. */
static void add_html(struct walk *walk, cmark_node *node)
{
    struct pc_flow flow = empty_flow(walk);
    const char *html = cmark_node_get_literal(node);
    while (*html) {
        size_t n = strcspn(html, "\n");
        pc_flow_add(&flow, html, n, PC_STYLE_FAINT, 0);
        html += n;
        html += *html == '\n';
        if (*html)
            pc_flow_break(&flow);
    }
    pc_draft_block(&walk->draft);
    pc_draft_prose(&walk->draft, &flow, 0);
    pc_flow_fini(&flow);
}

static void add_rule(struct walk *walk)
{
    struct pc_draft *draft = &walk->draft;
    const char *dash = draft->options.ascii ? "-" : "\u2500";
    pc_draft_block(draft);
    pc_draft_begin(draft);
    if (draft->options.plain)
        pc_draft_put(draft, "* * *", PC_STYLE_FAINT);
    for (size_t n = draft->options.plain ? 0 : pc_draft_measure(draft); n > 0; n--)
        pc_draft_put(draft, dash, PC_STYLE_FAINT);
    pc_draft_end(draft, false);
}

/* Append a block that contains no other; false for those that do. */
static bool add_leaf(struct walk *walk, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type < CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_CUSTOM_BLOCK)
        return false;
    begin_block(walk, node);
    switch (type) {
    case CMARK_NODE_PARAGRAPH:
        add_paragraph(walk, node);
        break;
    case CMARK_NODE_HEADING:
        add_heading(walk, node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        add_code(walk, node);
        break;
    case CMARK_NODE_HTML_BLOCK:
        add_html(walk, node);
        break;
    default:
        add_rule(walk);
        break;
    }
    return true;
}

static void open_block(struct walk *walk, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST:
        open_list(walk, node);
        break;
    case CMARK_NODE_ITEM:
        /* An item without content has no block that would ask for the gap. */
        if (!cmark_node_first_child(node))
            begin_block(walk, node);
        open_item(walk);
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        open_quote(walk);
        break;
    default:
        break;
    }
}

static void close_block(struct walk *walk, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST:
        walk->n--;
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        walk->quotes--;
        pc_draft_pop_margin(&walk->draft);
        break;
    case CMARK_NODE_ITEM:
        pc_draft_pop_margin(&walk->draft);
        break;
    default:
        break;
    }
}

static void walk_blocks(struct walk *walk, cmark_node *root)
{
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_EXIT)
            close_block(walk, node);
        else if (!add_leaf(walk, node))
            open_block(walk, node);
        else if (cmark_node_first_child(node))
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
}

/* Line mode has no key that would list the links. */
static void add_links(struct pc_draft *draft)
{
    for (size_t i = 0; i < draft->links.n; i++) {
        struct pc_flow flow = {.ascii = draft->options.ascii};
        char number[32];
        int n = snprintf(number, sizeof number, "[%zu]\u00a0", i + 1);
        pc_flow_add(&flow, number, (size_t)n, PC_STYLE_LINK, (unsigned)i + 1);
        const char *url = draft->links.items[i].url;
        pc_flow_add(&flow, url, strlen(url), PC_STYLE_LINK, (unsigned)i + 1);
        if (i == 0)
            pc_draft_gap(draft);
        pc_draft_block(draft);
        pc_draft_prose(draft, &flow, 0);
        pc_flow_fini(&flow);
    }
}

/* The first bytes up to the limit, back to the end of a line if there is one. */
static size_t bounded(const char *s, size_t n)
{
    if (n <= PC_MARKUP_INPUT_MAX)
        return n;
    const char *end = memrchr(s, '\n', PC_MARKUP_INPUT_MAX);
    return end ? (size_t)(end - s) + 1 : PC_MARKUP_INPUT_MAX;
}

struct pc_document *pc_markup_render(const char *markdown, size_t n,
                                     const struct pc_markup_options *options)
{
    struct walk walk = {0};
    pc_draft_init(&walk.draft, options);
    size_t read = bounded(markdown, n);
    walk.draft.cut = read < n;
    cmark_node *root = cmark_parse_document(markdown, read, CMARK_OPT_VALIDATE_UTF8);
    walk_blocks(&walk, root);
    cmark_node_free(root);
    free(walk.items);
    if (options->plain)
        add_links(&walk.draft);
    return pc_draft_finish(&walk.draft);
}

struct pc_document *pc_markup_render_c(const char *source, size_t n,
                                       const struct pc_markup_options *options)
{
    struct pc_draft draft;
    pc_draft_init(&draft, options);
    size_t read = bounded(source, n);
    draft.cut = read < n;
    pc_code_add(&draft, source, read, true, "");
    return pc_draft_finish(&draft);
}
