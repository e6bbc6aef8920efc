#include "tui/plot.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "tui/scale.h"

enum {
    MARGIN = 8, /* columns left of the field: a mark's text and the axis */
    BELOW = 2,  /* rows below it: the axis and its marks */
    NAMED_WIDTH = 60,
    NAMED_HEIGHT = 14,
    FIELD_WIDTH = 16, /* the least that says something */
    FIELD_HEIGHT = 4,
    ROWS_PER_MARK = 4,
    COLUMNS_PER_MARK = 14,
    /* Dots of a cell in braille; without braille a cell is one dot. */
    DOTS_X = 2,
    DOTS_Y = 4,
};

struct field {
    const struct pc_plot *plot;
    struct pc_canvas *canvas;
    struct pc_area area; /* of the cells that lines are in */
    struct pc_scale x, y;
    int dots_x, dots_y; /* of one cell */
    uint8_t *dots;      /* a byte of bits for each cell */
    uint8_t *owner;     /* 1 + the series that was drawn there last; 0: none */
    uint8_t *taken;     /* by a name */
};

static enum pc_style style_of(size_t series)
{
    static const enum pc_style styles[] = {PC_STYLE_SERIES_1, PC_STYLE_SERIES_2,
                                           PC_STYLE_SERIES_3, PC_STYLE_SERIES_4};
    return styles[series % PC_COUNT(styles)];
}

static const char *sign_of(size_t series)
{
    static const char *const signs[] = {"o", "+", "*", "x", "#", "@", "%", "&"};
    return signs[series % PC_COUNT(signs)];
}

static size_t cell_at(const struct field *field, int x, int y)
{
    return (size_t)y * (size_t)field->area.w + (size_t)x;
}

static void set_dot(struct field *field, int x, int y, size_t series)
{
    /* The order of the dots in the code of a braille character. */
    static const uint8_t bits[DOTS_Y][DOTS_X] = {{1, 8}, {2, 16}, {4, 32}, {64, 128}};
    size_t at = cell_at(field, x / field->dots_x, y / field->dots_y);
    field->dots[at] |= bits[y % field->dots_y][x % field->dots_x];
    field->owner[at] = (uint8_t)(series + 1);
}

static int dot_x(const struct field *field, double value)
{
    double last = field->area.w * field->dots_x - 1;
    return (int)lround(pc_scale_place(&field->x, value) * last);
}

static int dot_y(const struct field *field, double value)
{
    double last = field->area.h * field->dots_y - 1;
    return (int)lround((1 - pc_scale_place(&field->y, value)) * last);
}

static bool has_place(const struct pc_plot *plot, double x, double y)
{
    return isfinite(x) && isfinite(y) && (plot->x_linear || x > 0) &&
           (plot->y_linear || y > 0);
}

/* Whether the interval of a point has a place, too. */
static bool has_bar(const struct pc_plot *plot, const struct pc_series *series, size_t i)
{
    return series->low && series->high && has_place(plot, series->x[i], series->low[i]) &&
           has_place(plot, series->x[i], series->high[i]);
}

static void draw_line(struct field *field, size_t series, int x0, int y0, int x1, int y1)
{
    int dx = abs(x1 - x0), dy = abs(y1 - y0), steps = dx > dy ? dx : dy;
    for (int i = 0; i <= steps; i++) {
        double t = steps > 0 ? (double)i / steps : 0;
        set_dot(field, x0 + (int)lround(t * (x1 - x0)), y0 + (int)lround(t * (y1 - y0)),
                series);
    }
}

static void draw_series(struct field *field, size_t i)
{
    const struct pc_series *series = &field->plot->series[i];
    int x0 = 0, y0 = 0;
    bool begun = false;
    for (size_t k = 0; k < series->n; k++) {
        if (!has_place(field->plot, series->x[k], series->y[k]))
            continue;
        int x = dot_x(field, series->x[k]), y = dot_y(field, series->y[k]);
        draw_line(field, i, begun ? x0 : x, begun ? y0 : y, x, y);
        /* Signs are too coarse for them. */
        if (field->dots_y > 1 && has_bar(field->plot, series, k))
            draw_line(field, i, x, dot_y(field, series->low[k]), x,
                      dot_y(field, series->high[k]));
        x0 = x;
        y0 = y;
        begun = true;
    }
}

static void draw_dots(const struct field *field)
{
    for (int y = 0; y < field->area.h; y++)
        for (int x = 0; x < field->area.w; x++) {
            size_t at = cell_at(field, x, y), series = field->owner[at];
            unsigned code = 0x2800u + field->dots[at];
            const char braille[] = {(char)(0xe0 | code >> 12),
                                    (char)(0x80 | (code >> 6 & 0x3f)),
                                    (char)(0x80 | (code & 0x3f)), '\0'};
            if (series > 0)
                pc_canvas_text(field->canvas, field->area, x, y, style_of(series - 1),
                               field->dots_x == 1 ? sign_of(series - 1) : braille);
        }
}

/* The last point of a series that has a place. */
static bool last_point(const struct pc_plot *plot, const struct pc_series *series,
                       double *x, double *y)
{
    for (size_t k = series->n; k-- > 0;)
        if (has_place(plot, series->x[k], series->y[k])) {
            *x = series->x[k];
            *y = series->y[k];
            return true;
        }
    return false;
}

static bool is_free(const struct field *field, int x, int y, int width)
{
    for (int i = x - 1; i <= x + width; i++) {
        if (i < 0 || i >= field->area.w)
            continue;
        size_t at = cell_at(field, i, y);
        if (field->owner[at] || field->taken[at])
            return false;
    }
    return true;
}

/* Whether another line runs between the end of this one and a name at row `y`. */
static bool is_parted(const struct field *field, size_t series, int column, int end_y,
                      int y)
{
    int step = y < end_y ? -1 : 1;
    for (int i = end_y; i != y; i += step) {
        size_t owner = field->owner[cell_at(field, column, i)];
        if (owner && owner != series + 1)
            return true;
    }
    return false;
}

/* Of all free places the one nearest to the end of the line; rows are twice as high as
 * columns are wide, and a neighbour is read more easily above or below than far away. */
static bool find_place(const struct field *field, size_t series, int end_x, int end_y,
                       int width, int *at_x, int *at_y)
{
    enum { PARTED = 30 };
    int best = INT_MAX;
    for (int y = 0; y < field->area.h; y++)
        for (int x = 0; x + width <= field->area.w; x++) {
            int right = x + width - 1, away = end_x < x       ? x - end_x
                                              : end_x > right ? end_x - right
                                                              : 0;
            int cost = away + 3 * abs(y - end_y);
            if (cost >= best || !is_free(field, x, y, width))
                continue;
            int column = end_x < x ? x : end_x > right ? right : end_x;
            cost += is_parted(field, series, column, end_y, y) ? PARTED : 0;
            if (cost >= best)
                continue;
            best = cost;
            *at_x = x;
            *at_y = y;
        }
    return best < INT_MAX;
}

static char *name_of(const struct pc_plot *plot, size_t i, double y)
{
    char value[PC_SCALE_TEXT];
    return pc_strfmt("%s %s", plot->series[i].name,
                     pc_scale_text(y, plot->y_is_time, value));
}

static void draw_names(struct field *field)
{
    const struct pc_plot *plot = field->plot;
    for (size_t i = 0; i < plot->n; i++) {
        double last_x, last_y;
        int x = 0, y = 0;
        if (!last_point(plot, &plot->series[i], &last_x, &last_y))
            continue;
        PC_AUTO(pc_auto_free) char *name = name_of(plot, i, last_y);
        int width = pc_canvas_measure(field->canvas, name, strlen(name));
        if (!find_place(field, i, dot_x(field, last_x) / field->dots_x,
                        dot_y(field, last_y) / field->dots_y, width, &x, &y))
            continue;
        pc_canvas_text(field->canvas, field->area, x, y, style_of(i), name);
        for (int k = x; k < x + width; k++)
            field->taken[cell_at(field, k, y)] = 1;
    }
}

/* Small plots: the names below, with the sign of the line where there are signs. */
static void list_names(const struct field *field, struct pc_area area)
{
    const struct pc_plot *plot = field->plot;
    for (size_t i = 0; i < plot->n; i++) {
        double x, y;
        if (!last_point(plot, &plot->series[i], &x, &y))
            continue;
        PC_AUTO(pc_auto_free) char *name = name_of(plot, i, y);
        const char *sign = field->dots_x == 1 ? sign_of(i) : "─";
        pc_canvas_text(field->canvas, area, 1, (int)i, style_of(i), sign);
        pc_canvas_cut(field->canvas, area, 3, (int)i, area.w - 4, style_of(i), name);
    }
}

static void draw_y_axis(const struct field *field, struct pc_area outer)
{
    double marks[PC_SCALE_MARKS];
    char text[PC_SCALE_TEXT];
    int wanted = field->area.h / ROWS_PER_MARK + 1, last = INT_MAX;
    size_t n = pc_scale_marks(&field->y, wanted, marks);
    for (int y = 0; y < field->area.h; y++)
        pc_canvas_text(field->canvas, outer, MARGIN - 1, y, PC_STYLE_FAINT, "│");
    for (size_t i = 0; i < n; i++) {
        int y = dot_y(field, marks[i]) / field->dots_y;
        if (y >= last)
            continue;
        last = y;
        pc_canvas_right(field->canvas, outer, MARGIN - 1, y, PC_STYLE_FAINT,
                        pc_scale_text(marks[i], field->plot->y_is_time, text));
        pc_canvas_text(field->canvas, outer, MARGIN - 1, y, PC_STYLE_FAINT, "┤");
        for (int x = 0; x < field->area.w; x += 2)
            pc_canvas_text(field->canvas, field->area, x, y, PC_STYLE_FAINT, "·");
    }
}

static void draw_x_axis(const struct field *field, struct pc_area outer)
{
    double marks[PC_SCALE_MARKS];
    char text[PC_SCALE_TEXT];
    int y = field->area.h, free_from = MARGIN;
    size_t n = pc_scale_marks(&field->x, field->area.w / COLUMNS_PER_MARK + 1, marks);
    pc_canvas_text(field->canvas, outer, MARGIN - 1, y, PC_STYLE_FAINT, "└");
    pc_canvas_repeat(field->canvas, outer, MARGIN, y, field->area.w, PC_STYLE_FAINT, "─");
    pc_canvas_right(field->canvas, outer, MARGIN - 1, y + 1, PC_STYLE_FAINT,
                    field->plot->x_name);
    for (size_t i = 0; i < n; i++) {
        int at = MARGIN + dot_x(field, marks[i]) / field->dots_x;
        pc_scale_text(marks[i], false, text);
        int width = pc_canvas_measure(field->canvas, text, strlen(text));
        int x = at - width / 2;
        if (x + width > outer.w)
            x = outer.w - width;
        pc_canvas_text(field->canvas, outer, at, y, PC_STYLE_FAINT, "┴");
        if (x < free_from)
            continue;
        free_from =
            pc_canvas_text(field->canvas, outer, x, y + 1, PC_STYLE_FAINT, text) + 2;
    }
}

static bool has_points(struct field *field)
{
    const struct pc_plot *plot = field->plot;
    bool some = false;
    for (size_t i = 0; i < plot->n; i++)
        for (size_t k = 0; k < plot->series[i].n; k++) {
            const struct pc_series *series = &plot->series[i];
            if (!has_place(plot, series->x[k], series->y[k]))
                continue;
            some = pc_scale_add(&field->x, series->x[k]) &&
                   pc_scale_add(&field->y, series->y[k]);
            if (has_bar(plot, series, k)) {
                pc_scale_add(&field->y, series->low[k]);
                pc_scale_add(&field->y, series->high[k]);
            }
        }
    return some;
}

static bool is_named(struct pc_area area)
{
    return area.w >= NAMED_WIDTH && area.h >= NAMED_HEIGHT;
}

bool pc_plot_fits(struct pc_area area, size_t n)
{
    int names = is_named(area) ? 0 : (int)n;
    return area.w >= MARGIN + FIELD_WIDTH && area.h >= BELOW + names + FIELD_HEIGHT;
}

void pc_plot_draw(const struct pc_plot *plot, struct pc_canvas *canvas, struct pc_area area)
{
    bool named = is_named(area);
    bool ascii = pc_canvas_is_ascii(canvas);
    int names = named ? 0 : (int)plot->n;
    struct field field = {
        .plot = plot,
        .canvas = canvas,
        .area = {.x = area.x + MARGIN,
                 .y = area.y,
                 .w = area.w - MARGIN,
                 .h = area.h - BELOW - names},
        .x = pc_scale_begin(plot->x_linear),
        .y = pc_scale_begin(plot->y_linear),
        .dots_x = ascii ? 1 : DOTS_X,
        .dots_y = ascii ? 1 : DOTS_Y,
    };
    if (field.area.w < 2 || field.area.h < 2 || !has_points(&field)) {
        pc_canvas_text(canvas, area, 1, 0, PC_STYLE_FAINT,
                       field.area.h < 2 || field.area.w < 2 ? "too small for a plot"
                                                            : "no points yet");
        return;
    }
    size_t cells = (size_t)field.area.w * (size_t)field.area.h;
    field.dots = pc_alloc_array(cells, 3);
    field.owner = field.dots + cells;
    field.taken = field.owner + cells;
    draw_y_axis(&field, area);
    draw_x_axis(&field, area);
    for (size_t i = 0; i < plot->n; i++)
        draw_series(&field, i);
    draw_dots(&field);
    if (named)
        draw_names(&field);
    else
        list_names(&field, pc_area_rows(area, area.h - names, names));
    free(field.dots);
}
