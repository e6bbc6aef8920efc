#include "tui/experiment_picture.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/plot.h"

enum {
    MARGIN = 1,
    TITLE = 1,       /* row above a plot */
    X_NAME_MAX = 7,  /* columns left of the axis */
    FIGURE_MIN = 15, /* with names at the ends of the lines */
    TEXT_MIN = 4,
    MEASURE = 100, /* columns of prose at most */
    XS_MIN = 2,    /* that stay in the plot */
};

static bool is_linear(const struct pc_experiment_picture *picture, bool is_y)
{
    enum pc_scale scale = picture->experiment->scale;
    if (picture->other_axes)
        return scale != PC_SCALE_LINEAR;
    return scale == PC_SCALE_LINEAR || scale == (is_y ? PC_SCALE_LOG_X : PC_SCALE_LOG_Y);
}

/* The rows that a figure gets of `area`; what waits for an answer goes before it. */
static int figure_rows(const struct pc_experiment_picture *picture, struct pc_area area)
{
    int lines = (int)picture->lines.n, rest = area.h - FIGURE_MIN, most = area.h * 2 / 5;
    if (rest < most)
        most = rest;
    if (pc_experiment_state_question(picture->state))
        most = area.h;
    if (most < TEXT_MIN)
        most = TEXT_MIN;
    return area.h - (lines < most ? lines : most);
}

static bool wants_plot(const struct pc_experiment_picture *picture, struct pc_area area)
{
    if (picture->form != PC_FORM_FITTING)
        return picture->form == PC_FORM_PLOT;
    return area.w >= PC_EXPERIMENT_PLOT_WIDTH && area.h >= PC_EXPERIMENT_PLOT_HEIGHT;
}

static struct pc_area plot_in(struct pc_area figure)
{
    return pc_area_rows(figure, TITLE, figure.h - TITLE);
}

static void compose(struct pc_experiment_picture *picture, struct pc_area inner, bool table,
                    bool ascii)
{
    size_t width = inner.w < 1 ? 1 : (size_t)inner.w;
    pc_experiment_lines_fini(&picture->lines);
    pc_experiment_lines_add(&picture->lines, &(struct pc_experiment_text){
                                                 .experiment = picture->experiment,
                                                 .state = picture->state,
                                                 .width = width < MEASURE ? width : MEASURE,
                                                 .table_width = table ? width : 0,
                                                 .ascii = ascii});
}

void pc_experiment_picture_settle(struct pc_experiment_picture *picture,
                                  struct pc_area area, bool ascii)
{
    struct pc_area inner = pc_area_inset(area, MARGIN, 0);
    size_t top = picture->pager.top;
    compose(picture, inner, false, ascii);
    int rows = figure_rows(picture, inner);
    picture->can_plot =
        picture->state->n_points > 0 &&
        pc_plot_fits(plot_in(pc_area_rows(area, 0, rows)), picture->state->series.n);
    picture->is_plot = picture->can_plot && wants_plot(picture, area);
    if (!picture->is_plot) {
        rows = 0;
        compose(picture, inner, true, ascii);
    }
    picture->figure = pc_area_rows(area, 0, rows);
    picture->text = pc_area_rows(inner, rows, inner.h - rows);
    free(picture->paged);
    picture->paged = pc_experiment_lines_paged(&picture->lines);
    pc_pager_set(&picture->pager, picture->paged, picture->lines.n, picture->text.h);
    pc_pager_show(&picture->pager, picture->text.h, top);
}

/* The greatest x that the plot shows. */
static double last_x(const struct pc_experiment_picture *picture, size_t *n_shown)
{
    PC_AUTO(pc_auto_free) double *xs = pc_experiment_state_xs(picture->state, n_shown);
    size_t hidden = picture->hidden;
    while (hidden > 0 && *n_shown > XS_MIN) {
        (*n_shown)--;
        hidden--;
    }
    return *n_shown > 0 ? xs[*n_shown - 1] : 0;
}

bool pc_experiment_picture_can(const struct pc_experiment_picture *picture,
                               enum pc_action action)
{
    size_t shown;
    switch (action) {
    case PC_ACT_TABLE:
        return picture->can_plot;
    case PC_ACT_AXES:
        return picture->is_plot;
    case PC_ACT_LARGER:
    case PC_ACT_UNZOOM:
        return picture->is_plot && picture->hidden > 0;
    case PC_ACT_SMALLER:
        last_x(picture, &shown);
        return picture->is_plot && shown > XS_MIN;
    default:
        return pc_action_moves(action) && action != PC_ACT_SIDE_LEFT &&
               action != PC_ACT_SIDE_RIGHT &&
               picture->lines.n > (size_t)(picture->text.h > 0 ? picture->text.h : 0);
    }
}

enum pc_reaction pc_experiment_picture_act(struct pc_experiment_picture *picture,
                                           enum pc_action action)
{
    switch (action) {
    case PC_ACT_TABLE:
        picture->form = picture->is_plot ? PC_FORM_TABLE : PC_FORM_PLOT;
        return PC_REDRAW;
    case PC_ACT_AXES:
        picture->other_axes = !picture->other_axes;
        return PC_REDRAW;
    case PC_ACT_SMALLER:
        picture->hidden++;
        return PC_REDRAW;
    case PC_ACT_LARGER:
        picture->hidden--;
        return PC_REDRAW;
    case PC_ACT_UNZOOM:
        picture->hidden = 0;
        return PC_REDRAW;
    default:
        return pc_pager_act(&picture->pager, picture->text.h, action);
    }
}

static void draw_title(const struct pc_experiment_picture *picture,
                       struct pc_canvas *canvas)
{
    static const char *const axes[2][2] = {{"log-log", "logarithmic x"},
                                           {"logarithmic y", "linear"}};
    bool x = is_linear(picture, false), y = is_linear(picture, true);
    PC_AUTO(pc_auto_free) char *title = pc_strfmt("%s, by %s, %s", picture->experiment->y,
                                                  picture->experiment->x, axes[x][y]);
    pc_canvas_cut(canvas, picture->figure, MARGIN, 0, picture->figure.w - 2 * MARGIN,
                  PC_STYLE_STRONG, title);
}

/* The points of a series up to `last`, by rising x, as four arrays in one block. */
static double *spread(const struct pc_line_of_points *from, double last,
                      struct pc_series *to)
{
    double *room = pc_alloc_array(4 * from->n + 1, sizeof *room);
    double *x = room, *y = x + from->n, *low = y + from->n, *high = low + from->n;
    size_t n = 0;
    for (size_t i = 0; i < from->n; i++) {
        size_t at = n;
        if (from->items[i].x > last)
            continue;
        for (; at > 0 && x[at - 1] > from->items[i].x; at--) {
            x[at] = x[at - 1];
            y[at] = y[at - 1];
            low[at] = low[at - 1];
            high[at] = high[at - 1];
        }
        x[at] = from->items[i].x;
        y[at] = from->items[i].y;
        low[at] = from->items[i].low;
        high[at] = from->items[i].high;
        n++;
    }
    *to = (struct pc_series){
        .name = from->name, .x = x, .y = y, .low = low, .high = high, .n = n};
    return room;
}

static void draw_plot(const struct pc_experiment_picture *picture, struct pc_canvas *canvas)
{
    const struct pc_experiment *experiment = picture->experiment;
    size_t n = picture->state->series.n, shown;
    double last = last_x(picture, &shown);
    struct pc_series *series = pc_alloc_array(n, sizeof *series);
    double **rooms = pc_alloc_array(n, sizeof *rooms);
    for (size_t i = 0; i < n; i++)
        rooms[i] = spread(&picture->state->series.items[i], last, &series[i]);
    struct pc_plot plot = {.series = series,
                           .n = n,
                           .x_name =
                               strlen(experiment->x) <= X_NAME_MAX ? experiment->x : "",
                           .y_is_time = strncmp(experiment->unit, "ns", 2) == 0,
                           .x_linear = is_linear(picture, false),
                           .y_linear = is_linear(picture, true)};
    pc_plot_draw(&plot, canvas, plot_in(picture->figure));
    for (size_t i = 0; i < n; i++)
        free(rooms[i]);
    free(rooms);
    free(series);
}

void pc_experiment_picture_draw(const struct pc_experiment_picture *picture,
                                struct pc_canvas *canvas)
{
    if (picture->is_plot) {
        draw_title(picture, canvas);
        draw_plot(picture, canvas);
    }
    pc_pager_draw(&picture->pager, canvas, picture->text);
    struct pc_area text = picture->text;
    struct pc_area margin = {.x = text.x + text.w, .y = text.y, .w = MARGIN, .h = text.h};
    if (picture->pager.top > 0)
        pc_canvas_text(canvas, margin, 0, 0, PC_STYLE_FAINT, "↑");
    if (!pc_pager_is_at_end(&picture->pager, text.h))
        pc_canvas_text(canvas, margin, 0, text.h - 1, PC_STYLE_FAINT, "↓");
}

void pc_experiment_picture_fini(struct pc_experiment_picture *picture)
{
    pc_pager_fini(&picture->pager);
    pc_experiment_lines_fini(&picture->lines);
    free(picture->paged);
    picture->paged = NULL;
}
