#include "markup/table.h"

#include <string.h>

#include "markup/grid.h"
#include "markup/inline.h"

/* A line like "|---|:-:|": how its columns are aligned.  0 when it is none. */
static size_t read_delimiters(const char *s, enum pc_align aligns[PC_GRID_COLUMNS])
{
    size_t n = 0;
    bool bar = strchr(s, '|') != NULL;
    s += strspn(s, " ");
    s += *s == '|';
    while (*s && bar) {
        s += strspn(s, " ");
        bool left = *s == ':';
        s += left;
        size_t dashes = strspn(s, "-");
        s += dashes;
        bool right = *s == ':';
        s += right;
        s += strspn(s, " ");
        if (dashes == 0 || (*s && *s != '|') || n == PC_GRID_COLUMNS)
            return 0;
        aligns[n++] = !right ? PC_LEFT : left ? PC_CENTRE : PC_RIGHT;
        s += *s == '|';
    }
    return n;
}

static bool is_break(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
}

static bool is_text(cmark_node *node)
{
    return node && cmark_node_get_type(node) == CMARK_NODE_TEXT;
}

/* The second line of a paragraph if it is nothing but text. */
static const char *second_line(cmark_node *paragraph)
{
    cmark_node *node = cmark_node_first_child(paragraph);
    while (node && !is_break(node))
        node = cmark_node_next(node);
    cmark_node *second = node ? cmark_node_next(node) : NULL;
    cmark_node *behind = is_text(second) ? cmark_node_next(second) : NULL;
    return is_text(second) && (!behind || is_break(behind)) ? cmark_node_get_literal(second)
                                                            : NULL;
}

/* What stands between the bars of one line; leaves `*node` at the line's end. */
static void read_row(struct pc_draft *draft, struct pc_grid *grid, cmark_node **node,
                     enum pc_style style)
{
    bool first = true;
    pc_grid_row(grid);
    for (; *node && !is_break(*node); *node = cmark_node_next(*node)) {
        if (!is_text(*node)) {
            pc_inline_add(draft, pc_grid_cell(grid, false), *node, style);
            first = false;
            continue;
        }
        const char *s = cmark_node_get_literal(*node);
        cmark_node *next = cmark_node_next(*node);
        bool last = !next || is_break(next);
        if (first)
            s += strspn(s, " ");
        if (first && *s == '|')
            s++;
        first = false;
        for (;;) {
            size_t n = strcspn(s, "|");
            pc_flow_add(pc_grid_cell(grid, false), s, n, style, 0);
            s += n;
            if (*s == '\0' || (last && s[1 + strspn(s + 1, " ")] == '\0'))
                break;
            pc_flow_trim(pc_grid_cell(grid, false));
            pc_grid_cell(grid, true);
            s++;
        }
    }
    pc_flow_trim(pc_grid_cell(grid, false));
    if (*node)
        *node = cmark_node_next(*node);
}

bool pc_table_add(struct pc_draft *draft, cmark_node *paragraph)
{
    enum pc_align aligns[PC_GRID_COLUMNS];
    const char *delimiters = second_line(paragraph);
    size_t n = delimiters ? read_delimiters(delimiters, aligns) : 0;
    if (n == 0)
        return false;
    struct pc_grid grid = {.ascii = draft->options.ascii};
    cmark_node *node = cmark_node_first_child(paragraph);
    read_row(draft, &grid, &node, PC_STYLE_STRONG);
    bool is_table = pc_grid_head(&grid, aligns, n);
    if (is_table) {
        /* The line of delimiters is one text and the break behind it. */
        node = cmark_node_next(node);
        node = node ? cmark_node_next(node) : NULL;
        while (node)
            read_row(draft, &grid, &node, PC_STYLE_TEXT);
        pc_grid_add(draft, &grid);
    }
    pc_grid_fini(&grid);
    return is_table;
}
