/*
 * An experiment on the screen: its plot with what is to be read below, or all of it as text
 * with the points in a table.
 */
#ifndef PC_TUI_EXPERIMENT_PICTURE_H
#define PC_TUI_EXPERIMENT_PICTURE_H

#include "tui/experiment_lines.h"

/* Below this width the table is shown unless the plot was asked for. */
enum { PC_EXPERIMENT_PLOT_WIDTH = 60, PC_EXPERIMENT_PLOT_HEIGHT = 19 };

enum pc_experiment_form { PC_FORM_FITTING, PC_FORM_TABLE, PC_FORM_PLOT };

struct pc_experiment_picture {
    const struct pc_experiment *experiment; /* the owner's, as the state is */
    const struct pc_experiment_state *state;
    enum pc_experiment_form form;
    bool other_axes; /* linear instead of logarithmic, or the other way round */
    size_t hidden;   /* so many of the largest x are left out of the plot */
    /* The following is in order after pc_experiment_picture_settle(). */
    bool can_plot, is_plot;
    struct pc_area figure, text; /* one of them may be empty */
    struct pc_experiment_lines lines;
    struct pc_pager_line *paged;
    struct pc_pager pager;
};

/* The state or the area has changed. */
void pc_experiment_picture_settle(struct pc_experiment_picture *picture,
                                  struct pc_area area, bool ascii);

/* Movement, PC_ACT_TABLE, _AXES, _LARGER, _SMALLER and _UNZOOM; settle again afterwards. */
enum pc_reaction pc_experiment_picture_act(struct pc_experiment_picture *picture,
                                           enum pc_action action);
bool pc_experiment_picture_can(const struct pc_experiment_picture *picture,
                               enum pc_action action);

void pc_experiment_picture_draw(const struct pc_experiment_picture *picture,
                                struct pc_canvas *canvas);
void pc_experiment_picture_fini(struct pc_experiment_picture *picture);

#endif
