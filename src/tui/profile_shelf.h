/*
 * The profiles of one kernel that are open on the screen, one of each kind.
 *
 * Who goes back to a kind sees what was taken, as long as it is of the text that the kernel
 * has.  Allocations stand beside the heat of the same text.
 */
#ifndef PC_TUI_PROFILE_SHELF_H
#define PC_TUI_PROFILE_SHELF_H

#include "tui/profile_picture.h"

enum { PC_PROFILE_SHELF = PC_PROFILE_LOCK + 1 };

/* Begins zeroed. */
struct pc_profile_shelf {
    struct pc_profile_picture pictures[PC_PROFILE_SHELF];
    bool has[PC_PROFILE_SHELF];
};

void pc_profile_shelf_fini(struct pc_profile_shelf *shelf);

/* Put what was found in the place of its kind, opened at the tab and the function of
 * `beside` (NULL: as every new one).  `before`, or NULL, is what it is compared with; it is
 * taken over.  The pictures of other texts are gone, also `beside`.  Gives the new one. */
struct pc_profile_picture *pc_profile_shelf_put(struct pc_profile_shelf *shelf,
                                                const struct pc_profiled *found,
                                                struct pc_profile *before,
                                                const char *exercise,
                                                const struct pc_profile_picture *beside);

/* The picture of a kind, if it is of this text, opened as above; else NULL. */
struct pc_profile_picture *pc_profile_shelf_find(struct pc_profile_shelf *shelf,
                                                 enum pc_profile_kind kind,
                                                 const char *text,
                                                 const struct pc_profile_picture *beside);

#endif
