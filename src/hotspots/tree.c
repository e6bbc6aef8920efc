#include "hotspots/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A stack from the outermost function on, recursion folded. */
struct path {
    uint32_t *functions;
    unsigned *repeats;
    size_t n;
    int64_t value;
};

struct paths {
    struct path *items;
    uint32_t *functions; /* of all */
    unsigned *repeats;
};

static void make_path(struct path *path, const struct pc_stacks *stacks,
                      const struct pc_stack *stack, bool folds_recursion)
{
    path->value = stack->value;
    for (size_t k = stack->n; k-- > 0;) {
        uint32_t function = pc_stack_function(stacks, stack, k);
        if (folds_recursion && path->n > 0 && path->functions[path->n - 1] == function) {
            path->repeats[path->n - 1]++;
            continue;
        }
        path->functions[path->n] = function;
        path->repeats[path->n++] = 1;
    }
}

static int compare_paths(const void *a, const void *b)
{
    const struct path *p = a, *q = b;
    for (size_t i = 0; i < p->n && i < q->n; i++) {
        if (p->functions[i] != q->functions[i])
            return p->functions[i] < q->functions[i] ? -1 : 1;
    }
    return (p->n > q->n) - (p->n < q->n);
}

/* Sorted, so that paths with the same beginning are neighbours. */
static void paths_init(struct paths *paths, const struct pc_stacks *stacks,
                       bool folds_recursion)
{
    size_t n = 0, used = 0;
    for (size_t i = 0; i < stacks->n; i++)
        n += stacks->items[i].n;
    paths->items = pc_alloc_array(stacks->n + 1, sizeof *paths->items);
    paths->functions = pc_alloc_array(n + 1, sizeof *paths->functions);
    paths->repeats = pc_alloc_array(n + 1, sizeof *paths->repeats);
    for (size_t i = 0; i < stacks->n; i++) {
        struct path *path = &paths->items[i];
        path->functions = paths->functions + used;
        path->repeats = paths->repeats + used;
        make_path(path, stacks, &stacks->items[i], folds_recursion);
        used += path->n;
    }
    qsort(paths->items, stacks->n, sizeof *paths->items, compare_paths);
}

static void paths_fini(struct paths *paths)
{
    free(paths->items);
    free(paths->functions);
    free(paths->repeats);
}

struct nodes {
    struct pc_tree_node *items;
    size_t n, cap;
};

/* Nodes in the order of the paths: their places are found later. */
static void grow(struct nodes *nodes, const struct paths *paths, size_t n)
{
    uint32_t open[PC_PROFILE_DEPTH + 1] = {0}; /* the nodes of the path at hand, by depth */
    size_t depth = 0;
    *PC_PUSH(nodes) = (struct pc_tree_node){.function = PC_NO_FUNCTION, .repeat = 1};
    for (size_t i = 0; i < n; i++) {
        const struct path *path = &paths->items[i];
        size_t same = 0;
        while (same < depth && same < path->n &&
               nodes->items[open[same + 1]].function == path->functions[same])
            same++;
        for (depth = same; depth < path->n; depth++) {
            open[depth + 1] = (uint32_t)nodes->n;
            *PC_PUSH(nodes) = (struct pc_tree_node){.function = path->functions[depth],
                                                    .parent = open[depth],
                                                    .depth = (unsigned)depth + 1};
        }
        for (size_t k = 0; k <= depth; k++) {
            struct pc_tree_node *node = &nodes->items[open[k]];
            node->total += path->value;
            if (k > 0 && path->repeats[k - 1] > node->repeat)
                node->repeat = path->repeats[k - 1];
        }
        nodes->items[open[depth]].self += path->value;
    }
}

struct ordering {
    const struct pc_profile *profile;
    const struct pc_tree_node *nodes;
};

/* Children of one node beside one another, the greatest first. */
static int compare_siblings(const void *a, const void *b, void *ctx)
{
    const struct ordering *ordering = ctx;
    const struct pc_tree_node *p = &ordering->nodes[*(const uint32_t *)a];
    const struct pc_tree_node *q = &ordering->nodes[*(const uint32_t *)b];
    if (p->parent != q->parent)
        return p->parent < q->parent ? -1 : 1;
    if (p->total != q->total)
        return p->total > q->total ? -1 : 1;
    return pc_function_order(ordering->profile, p->function, q->function);
}

/* The tree that is laid out: the nodes that were grown, and for each where its children are
 * among all of them. */
struct layout {
    const struct pc_tree_node *nodes;
    uint32_t *children; /* all but the root, those of one node beside one another */
    size_t *first;      /* of the children of each node, and the end of the last ones */
    struct pc_tree *tree;
};

/* Put a node and what is below it behind what is there.  The depth is that of a stack, so it
 * is bounded. */
static void lay_out(struct layout *layout, uint32_t from, uint32_t parent, int64_t offset)
{
    struct pc_tree *tree = layout->tree;
    uint32_t k = (uint32_t)tree->n++;
    struct pc_tree_node *node = &tree->items[k];
    *node = layout->nodes[from];
    node->parent = parent;
    if (tree->whole.total > 0) {
        node->begin = (double)offset / (double)tree->whole.total;
        node->width = (double)node->total / (double)tree->whole.total;
    }
    for (size_t i = layout->first[from]; i < layout->first[from + 1]; i++) {
        lay_out(layout, layout->children[i], k, offset);
        offset += layout->nodes[layout->children[i]].total;
    }
    node->end = (uint32_t)tree->n;
}

static void sort_children(struct layout *layout, size_t n)
{
    layout->children = pc_alloc_array(n, sizeof *layout->children);
    layout->first = pc_alloc_array(n + 1, sizeof *layout->first);
    for (uint32_t i = 1; i < n; i++) {
        layout->children[i - 1] = i;
        layout->first[layout->nodes[i].parent + 1]++;
    }
    struct ordering ordering = {.profile = layout->tree->profile, .nodes = layout->nodes};
    qsort_r(layout->children, n - 1, sizeof *layout->children, compare_siblings, &ordering);
    for (size_t i = 0; i < n; i++)
        layout->first[i + 1] += layout->first[i];
}

void pc_tree_make(struct pc_tree *tree, const struct pc_stacks *stacks,
                  bool folds_recursion)
{
    struct paths paths = {0};
    struct nodes nodes = {0};
    paths_init(&paths, stacks, folds_recursion);
    grow(&nodes, &paths, stacks->n);
    *tree = (struct pc_tree){.profile = stacks->profile,
                             .whole = stacks->whole,
                             .items = pc_alloc_array(nodes.n, sizeof *tree->items)};
    struct layout layout = {.nodes = nodes.items, .tree = tree};
    sort_children(&layout, nodes.n);
    lay_out(&layout, 0, 0, 0);
    free(layout.children);
    free(layout.first);
    free(nodes.items);
    paths_fini(&paths);
}

void pc_tree_fini(struct pc_tree *tree)
{
    free(tree->items);
    *tree = (struct pc_tree){0};
}
