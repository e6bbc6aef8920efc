/*
 * Who called whom, as the tree that a flame graph or an icicle draws.
 */
#ifndef PC_HOTSPOTS_TREE_H
#define PC_HOTSPOTS_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "hotspots/stacks.h"

/* A node is in front of those below it, and these are in the order of their size.  What a
 * node itself takes is at the right end of its width, where nothing is below it. */
struct pc_tree {
    const struct pc_profile *profile;
    struct pc_whole whole;
    struct pc_tree_node {
        uint32_t function;   /* PC_NO_FUNCTION: the root, which is everything */
        uint32_t parent;     /* the root's is itself */
        uint32_t end;        /* nodes from this one up to there are it and all below */
        unsigned depth;      /* 0 for the root */
        unsigned repeat;     /* calls of itself in a row that are this one node, and 1 */
        int64_t self, total; /* of its stacks; `total` is its width in units of the type */
        double begin, width; /* where it is drawn, of the root's 0 to 1 */
    } * items;
    size_t n; /* at least 1: the root is there when nothing else is */
};

/* A function that calls itself is one node, however deep, when `folds_recursion`. */
void pc_tree_make(struct pc_tree *tree, const struct pc_stacks *stacks,
                  bool folds_recursion);
void pc_tree_fini(struct pc_tree *tree);

/* Append what a node is called: "sort", "fib (x20)", "all". */
void pc_tree_name(const struct pc_tree *tree, uint32_t node, struct pc_str *out);

/* Where `node` is drawn when `focus` takes the whole width, as it does with all above it;
 * false when it is beside of that. */
bool pc_tree_zoom(const struct pc_tree *tree, uint32_t focus, uint32_t node, double *begin,
                  double *width);

/* The nodes whose function has `text` in its name, letters of ASCII in either case. */
struct pc_tree_matches {
    bool *nodes;   /* for each node of the tree */
    size_t n;      /* how many match */
    int64_t value; /* of the stacks that go through any of them */
};
void pc_tree_search(struct pc_tree_matches *matches, const struct pc_tree *tree,
                    const char *text);
void pc_tree_matches_fini(struct pc_tree_matches *matches);

#endif
