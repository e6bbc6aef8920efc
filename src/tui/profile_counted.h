/*
 * The numbers in front of the rows of a profile that counts everything.
 *
 * Where there is no room for all of them there is the one that is ranked by.
 */
#ifndef PC_TUI_PROFILE_COUNTED_H
#define PC_TUI_PROFILE_COUNTED_H

#include "tui/profile_picture.h"

enum { PC_PROFILE_NARROW = 60 }; /* below, there is no room for everything */

/* The numbers of a function, or of a line; give the column behind them. */
int pc_profile_draw_function(const struct pc_profile_picture *picture,
                             struct pc_canvas *canvas, struct pc_area row,
                             uint32_t function);
int pc_profile_draw_line(const struct pc_profile_picture *picture, struct pc_canvas *canvas,
                         struct pc_area row, int line);

/* What they are called; the one that is ranked by has a mark. */
int pc_profile_draw_counted_titles(const struct pc_profile_picture *picture,
                                   struct pc_canvas *canvas, struct pc_area row);

/* Beside the heat of a line: how often it allocates, where somebody knows. */
int pc_profile_draw_allocs(const struct pc_profile_picture *picture,
                           struct pc_canvas *canvas, struct pc_area row, int x, int line);
int pc_profile_draw_allocs_title(const struct pc_profile_picture *picture,
                                 struct pc_canvas *canvas, struct pc_area row, int x);

#endif
