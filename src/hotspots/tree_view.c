#include "hotspots/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void pc_tree_name(const struct pc_tree *tree, uint32_t node, struct pc_str *out)
{
    const struct pc_tree_node *n = &tree->items[node];
    pc_str_adds(out, n->function == PC_NO_FUNCTION
                         ? "all"
                         : tree->profile->functions.items[n->function].name);
    if (n->repeat > 1)
        pc_str_addf(out, " (x%u)", n->repeat);
}

bool pc_tree_zoom(const struct pc_tree *tree, uint32_t focus, uint32_t node, double *begin,
                  double *width)
{
    const struct pc_tree_node *f = &tree->items[focus], *n = &tree->items[node];
    bool is_above = node <= focus && focus < n->end;
    bool is_below = focus <= node && node < f->end;
    *begin = 0;
    *width = 1;
    if (is_below && !is_above) {
        *begin = (n->begin - f->begin) / f->width;
        *width = n->width / f->width;
    }
    return is_above || is_below;
}

void pc_tree_search(struct pc_tree_matches *matches, const struct pc_tree *tree,
                    const char *text)
{
    *matches = (struct pc_tree_matches){.nodes = pc_alloc(tree->n)};
    const struct pc_functions *functions = &tree->profile->functions;
    PC_AUTO(pc_auto_free) bool *named = pc_alloc(functions->n + 1);
    for (size_t i = 0; i < functions->n; i++)
        named[i] = strcasestr(functions->items[i].name, text) != NULL;
    uint32_t counted = 0; /* up to this node, which is below of one that matches */
    for (uint32_t i = 1; i < tree->n; i++) {
        const struct pc_tree_node *node = &tree->items[i];
        if (!named[node->function])
            continue;
        matches->nodes[i] = true;
        matches->n++;
        if (i < counted)
            continue;
        matches->value += node->total;
        counted = node->end;
    }
}

void pc_tree_matches_fini(struct pc_tree_matches *matches)
{
    free(matches->nodes);
    *matches = (struct pc_tree_matches){0};
}
