/*
 * A profile on the screen, in tabs: the flame graph, the functions, the source, who calls whom,
 * and what is to be said of it.
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
#include "tui/flame.h"
#include "tui/list.h"
#include "tui/reader.h"
#include "tui/sheet.h"

enum pc_profile_tab {
    PC_TAB_FLAME,
    PC_TAB_TOP,
    PC_TAB_SOURCE,
    PC_TAB_CALLS,
    PC_TAB_ABOUT,
    PC_PROFILE_TABS
};

/* Begins zeroed; the following is in order after pc_profile_picture_set(). */
struct pc_profile_picture {
    struct pc_profiled found;
    struct pc_profile profile;
    struct pc_stacks stacks;
    struct pc_top top;
    struct pc_lines lines;
    struct pc_tree tree;
    struct pc_calls calls; /* of the chosen function */
    char *exercise;        /* "07.1", for commands */
    char *guess;           /* what came of the prediction, or NULL */
    uint32_t function;     /* that is chosen; PC_NO_FUNCTION: nothing was seen */
    enum pc_profile_tab tab;
    struct pc_flame flame;
    struct pc_list tops, sources, called; /* cursors of the tabs with rows */
    int side;                             /* columns that the source is moved by */
    char *words;                          /* that are searched for, or NULL */
    /* And these after pc_profile_picture_settle(). */
    struct pc_sheet heading, about;
    struct pc_area body; /* of the tab */
};

/* Show what was found, of which it keeps a copy; what it showed before is gone. */
void pc_profile_picture_set(struct pc_profile_picture *picture,
                            const struct pc_profiled *found, const char *exercise);
void pc_profile_picture_fini(struct pc_profile_picture *picture);

/* Something or the area has changed. */
void pc_profile_picture_settle(struct pc_profile_picture *picture, struct pc_area area,
                               bool ascii);

/* Movement, tabs (PC_ACT_NEXT_PANE, PC_ACT_TABLE, PC_ACT_ANSWER with its key), PC_ACT_OPEN
 * and PC_ACT_UNZOOM; it is settled again for a tab of the same area. */
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

/* For the picture itself: write the heading, and what is to be said; row `i` of the calls is
 * a caller (`*is_caller`), a callee, or NULL for the function itself. */
void pc_profile_write_heading(struct pc_profile_picture *picture, int width, bool ascii);
void pc_profile_write_about(struct pc_profile_picture *picture, int width, bool ascii);
const struct pc_call *pc_profile_call(const struct pc_profile_picture *picture, size_t i,
                                      bool *is_caller);

#endif
