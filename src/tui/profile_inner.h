/*
 * What the files of a profile's picture share.
 */
#ifndef PC_TUI_PROFILE_INNER_H
#define PC_TUI_PROFILE_INNER_H

#include "tui/profile_picture.h"

/* Choose a function; PC_NO_FUNCTION changes nothing. */
void pc_profile_choose(struct pc_profile_picture *picture, uint32_t function);

/* The cursor of the tab, NULL when it has no rows; how many of them are visible, and in which
 * row of the screen they begin. */
struct pc_list *pc_profile_list(struct pc_profile_picture *picture);
int pc_profile_list_rows(const struct pc_profile_picture *picture);
int pc_profile_list_top(const struct pc_profile_picture *picture);

/* Rows in which is said what a profile is compared with; 0 where there is no room. */
int pc_profile_compared_rows(const struct pc_profile_picture *picture);

/* Rank by the next of the values that were counted. */
void pc_profile_rank_by_next(struct pc_profile_picture *picture);

/* The cursor has moved: what it is on is the chosen function. */
void pc_profile_follow(struct pc_profile_picture *picture);

/* Whether there is something to show in a tab. */
bool pc_profile_has_tab(const struct pc_profile_picture *picture, enum pc_profile_tab tab);

/* Write the heading, what is to be said, and what it is compared with. */
void pc_profile_write_heading(struct pc_profile_picture *picture, int width, bool ascii);
void pc_profile_write_about(struct pc_profile_picture *picture, int width, bool ascii);
void pc_profile_write_compared(struct pc_profile_picture *picture, int width, bool ascii);

/* Row `i` of the calls: a caller (`*is_caller`), a callee, or NULL for the function itself. */
const struct pc_call *pc_profile_call(const struct pc_profile_picture *picture, size_t i,
                                      bool *is_caller);

/* The rows of each tab (`picture` is one, for pc_list_draw), and their titles. */
void pc_profile_draw_top(const void *picture, size_t i, struct pc_canvas *canvas,
                         struct pc_area row);
void pc_profile_draw_call(const void *picture, size_t i, struct pc_canvas *canvas,
                          struct pc_area row);
void pc_profile_draw_source(const void *picture, size_t i, struct pc_canvas *canvas,
                            struct pc_area row);
void pc_profile_draw_titles(const struct pc_profile_picture *picture,
                            struct pc_canvas *canvas, struct pc_area row);

/* A row of the table of changes, and the one with the cursor in words. */
void pc_profile_draw_change(const void *picture, size_t i, struct pc_canvas *canvas,
                            struct pc_area row);
void pc_profile_draw_change_detail(const struct pc_profile_picture *picture,
                                   struct pc_canvas *canvas, struct pc_area row);

#endif
