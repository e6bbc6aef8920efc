/*
 * Who called whom, drawn as an icicle: a row for each depth, the outermost functions on top
 * (or below, as flames), and each box as wide as its share.
 *
 * A box begins with an edge and is filled up to its end, so that boxes are told apart without
 * colours; where nothing is below a box, it worked itself.  The box with the cursor is filled
 * with another sign and names of matches have a star.  What is too narrow to be read is said
 * of the box with the cursor, below the picture.
 */
#ifndef PC_TUI_FLAME_H
#define PC_TUI_FLAME_H

#include "hotspots/tree.h"
#include "tui/canvas.h"
#include "tui/view.h"

enum { PC_FLAME_DETAILS = 2 }; /* rows below the picture */

/* Begins zeroed, but for the tree and its type. */
struct pc_flame {
    const struct pc_tree *tree; /* the owner's */
    size_t type;                /* of the values that boxes are as wide as */
    bool flips;                 /* the outermost functions stand below */
    uint32_t focus;             /* takes the whole width */
    uint32_t cursor;            /* below the focus, or one of those above it */
    unsigned top;               /* the depth of the first row that is shown */
    struct {
        uint32_t *items; /* focuses before this one */
        size_t n, cap;
    } zooms;
    char *words; /* that are searched for, or NULL */
    struct pc_tree_matches matches;
};

void pc_flame_fini(struct pc_flame *flame);

/* The area has changed, or the cursor: keep it visible. */
void pc_flame_settle(struct pc_flame *flame, struct pc_area area);

/* Movement to what a box calls, its caller and beside, as they stand on the screen,
 * PC_ACT_OPEN, which zooms in, and PC_ACT_UNZOOM. */
enum pc_reaction pc_flame_act(struct pc_flame *flame, struct pc_area area,
                              enum pc_action action);
bool pc_flame_can(const struct pc_flame *flame, enum pc_action action);

/* Put the cursor on the widest box of a function, unless it is on one; zooms out when there
 * is none below the focus. */
void pc_flame_choose(struct pc_flame *flame, uint32_t function);

/* Search for a part of names; NULL forgets it.  Gives how many boxes match. */
size_t pc_flame_search(struct pc_flame *flame, const char *words);

/* Put the cursor on the next match, or the one before; false when there is none, or none of
 * them can be shown.  `*wrapped`: it went on from the other end. */
bool pc_flame_next(struct pc_flame *flame, bool backwards, bool *wrapped);

/* Put the cursor on the box at a cell; false when there is none. */
bool pc_flame_click(struct pc_flame *flame, struct pc_area area, int x, int y);

void pc_flame_draw(const struct pc_flame *flame, struct pc_canvas *canvas,
                   struct pc_area area);

#endif
