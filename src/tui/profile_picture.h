/*
 * A profile on the screen, in tabs: the flame graph, the functions, the source, who calls whom,
 * what is to be said of it, and what has changed since an earlier one.
 *
 * One function is chosen: the one with the cursor in whichever tab was used last.  The others
 * show the same one when they are opened.
 */
#ifndef PC_TUI_PROFILE_PICTURE_H
#define PC_TUI_PROFILE_PICTURE_H

#include "hotspots/calls.h"
#include "hotspots/lines.h"
#include "hotspots/top.h"
#include "model/profiled.h"
#include "report/profile_diff.h"
#include "tui/flame.h"
#include "tui/list.h"
#include "tui/profile_columns.h"
#include "tui/reader.h"
#include "tui/sheet.h"

enum pc_profile_tab {
    PC_TAB_FLAME,
    PC_TAB_TOP,
    PC_TAB_SOURCE,
    PC_TAB_CALLS,
    PC_TAB_ABOUT,
    PC_TAB_DIFF,
    PC_PROFILE_TABS
};

/* Begins zeroed; the following is in order after pc_profile_picture_set(). */
struct pc_profile_picture {
    struct pc_profiled found;
    struct pc_profile profile;
    size_t type; /* of the values that it is ranked by, and boxes are as wide as */
    struct pc_profile_columns columns; /* none when it is sampled */
    struct pc_stacks stacks;
    struct pc_top top;
    struct pc_lines lines;
    struct pc_tree tree;
    struct pc_calls calls; /* of the chosen function */
    char *exercise;        /* "07.1", for commands */
    char *guess;           /* what came of the prediction, or NULL */
    uint32_t function;     /* that is chosen; PC_NO_FUNCTION: nothing was seen */
    bool has_before;       /* it can be compared: */
    struct pc_profile before;
    struct pc_profile_changes changes;
    const struct pc_profile_picture *allocs; /* of the same text, the owner's; or NULL */
    enum pc_profile_tab tab;
    struct pc_flame flame;
    struct pc_list tops, sources, called, changed; /* cursors of the tabs with rows */
    int side;                                      /* columns that the source is moved by */
    char *words;                                   /* that are searched for, or NULL */
    /* And these after pc_profile_picture_settle(). */
    struct pc_sheet heading, about, compared;
    struct pc_area body; /* of the tab */
};

/* Show what was found, of which it keeps a copy; what it showed is gone.  What it is to be
 * compared with, or NULL, is taken over. */
void pc_profile_picture_set(struct pc_profile_picture *picture,
                            const struct pc_profiled *found, struct pc_profile *before,
                            const char *exercise);
void pc_profile_picture_fini(struct pc_profile_picture *picture);

/* Show a tab, at the function of this name, where there is one (NULL: whichever it is). */
void pc_profile_picture_open(struct pc_profile_picture *picture, enum pc_profile_tab tab,
                             const char *function, const char *file);

/* Something or the area has changed. */
void pc_profile_picture_settle(struct pc_profile_picture *picture, struct pc_area area,
                               bool ascii);

/* Movement, tabs (PC_ACT_NEXT_PANE, PC_ACT_TABLE, PC_ACT_ANSWER with its key), PC_ACT_OPEN,
 * PC_ACT_UNZOOM, PC_ACT_FLIP, and PC_ACT_BY, which ranks by another of its values; it is settled again for a tab of the same area. */
enum pc_reaction pc_profile_picture_act(struct pc_profile_picture *picture,
                                        enum pc_action action, int key);
bool pc_profile_picture_can(const struct pc_profile_picture *picture,
                            enum pc_action action);

/* Select what is at a cell. */
enum pc_reaction pc_profile_picture_click(struct pc_profile_picture *picture, int x, int y);

/* Find a function, or in the source a line; NULL: the same words again. */
enum pc_find pc_profile_picture_find(struct pc_profile_picture *picture, const char *words,
                                     bool backwards);
void pc_profile_picture_end_find(struct pc_profile_picture *picture);

/* The line of the kernel that is worth opening; 0: nobody knows one. */
int pc_profile_picture_line(const struct pc_profile_picture *picture);

void pc_profile_picture_draw(const struct pc_profile_picture *picture,
                             struct pc_canvas *canvas, struct pc_area area);

#endif
