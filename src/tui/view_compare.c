#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "engine/engine.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/reader.h"
#include "tui/table.h"

/* From this width on both sources are shown, else one of them. */
enum { BOTH_FROM = 110, CELL_MAX = 64 };

enum side { SIDE_MINE, SIDE_REFERENCE, SIDES };

struct compare {
    struct pc_view view;
    struct pc_browser *browser;
    const struct pc_exercise *exercise;
    struct pc_limits limits;
    struct pc_attempts last; /* the latest attempt at the learner's kernel, if any */
    struct pc_reader readers[SIDES];
    enum side focus;
};

static const char *const side_names[] = {
    [SIDE_MINE] = "yours", [SIDE_REFERENCE] = "the course's solution"};

enum column { COLUMN_WHAT, COLUMN_MINE, COLUMN_REFERENCE, COLUMN_NEEDED };

static const struct pc_column columns[] = {
    [COLUMN_WHAT] = {.title = "", .keep = 4},
    [COLUMN_MINE] = {.title = "yours", .right = true, .keep = 3},
    [COLUMN_REFERENCE] = {.title = "the course's", .right = true, .keep = 2},
    [COLUMN_NEEDED] = {.title = "needed", .keep = 1},
};

struct frame {
    const struct compare *compare;
    char *cell;
};

static double judged(const struct pc_limit *limit, const struct pc_metrics *metrics)
{
    const struct pc_metric *m = pc_metrics_find(metrics, limit->metric);
    return m ? pc_limit_value(limit, m, isfinite(limit->max)) : (double)NAN;
}

static void tell_speed(const struct compare *c, enum column column, char *text)
{
    char buf[PC_UNITS_MAX];
    const struct pc_attempt *mine = c->last.n > 0 ? &c->last.items[0] : NULL;
    const struct pc_result *reference =
        pc_checks_reference(c->browser->checks, c->exercise);
    double value = column == COLUMN_MINE ? (mine ? mine->ratio : (double)NAN)
                   : reference           ? reference->speed.ratio
                                         : (double)NAN;
    if (column == COLUMN_NEEDED)
        snprintf(text, CELL_MAX, "at least %s",
                 pc_format_ratio(c->limits.speedup.min, buf));
    else if (isfinite(value) && value > 0)
        pc_format_ratio(value, text);
}

static void tell_limit(const struct compare *c, const struct pc_limit *limit,
                       enum column column, char *text)
{
    char buf[PC_LIMIT_TEXT];
    const struct pc_result *reference =
        pc_checks_reference(c->browser->checks, c->exercise);
    double value = (double)NAN;
    if (column == COLUMN_NEEDED) {
        snprintf(text, CELL_MAX, "%s", pc_limit_text(limit, buf));
        return;
    }
    if (column == COLUMN_MINE && c->last.n > 0)
        value = judged(limit, &c->last.items[0].metrics);
    if (column == COLUMN_REFERENCE && reference)
        value = judged(limit, &reference->counts.metrics);
    if (isfinite(value))
        pc_format_metric(value, limit->metric, text);
}

/* The speed-up comes first, when it is judged. */
static struct pc_table_cell cell(const void *ctx, size_t row, size_t column)
{
    const struct frame *frame = ctx;
    const struct compare *c = frame->compare;
    const struct pc_limit *limit = c->limits.speedup.set
                                       ? row > 0 ? &c->limits.items[row - 1] : NULL
                                       : &c->limits.items[row];
    snprintf(frame->cell, CELL_MAX, "-");
    if (column == COLUMN_WHAT)
        snprintf(frame->cell, CELL_MAX, "%s", limit ? limit->metric : "speedup");
    else if (limit)
        tell_limit(c, limit, (enum column)column, frame->cell);
    else
        tell_speed(c, (enum column)column, frame->cell);
    return (struct pc_table_cell){.text = frame->cell};
}

static size_t table_rows(const struct compare *c)
{
    return c->limits.n + c->limits.speedup.set;
}

/* The numbers above, as far as there is room for them and some lines of source. */
static int head_rows(const struct compare *c, struct pc_area body)
{
    enum { SOURCE_ROWS = 6, TITLES = 2, NAMES = 1 };
    int rows = (int)table_rows(c) + TITLES;
    return body.h - rows - NAMES >= SOURCE_ROWS ? rows : 0;
}

static bool shows_both(const struct compare *c)
{
    return c->view.area.w >= BOTH_FROM;
}

/* Where a source is; the row above it has its name. */
static struct pc_area side_area(const struct compare *c, enum side side)
{
    struct pc_area body = pc_body(c->view.area);
    int head = head_rows(c, body) + 1;
    struct pc_area rest = pc_area_rows(body, head, body.h - head);
    int half = rest.w / 2;
    if (!shows_both(c))
        return rest;
    return side == SIDE_MINE ? pc_area_columns(rest, 0, half)
                             : pc_area_columns(rest, half, rest.w - half);
}

static void draw_side(const struct compare *c, enum side side, struct pc_canvas *canvas)
{
    struct pc_area area = side_area(c, side);
    struct pc_area name = {.x = area.x, .y = area.y - 1, .w = area.w, .h = 1};
    bool focused = c->focus == side;
    pc_canvas_text(canvas, name, 1, 0, focused ? PC_STYLE_STRONG : PC_STYLE_FAINT,
                   focused ? "▸" : " ");
    pc_canvas_cut(canvas, name, 3, 0, name.w - 4,
                  focused ? PC_STYLE_STRONG : PC_STYLE_FAINT, side_names[side]);
    pc_reader_draw(&c->readers[side], canvas, area);
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct compare *c = (const struct compare *)view;
    char id[16], text[CELL_MAX];
    struct pc_area body = pc_body(view->area);
    PC_AUTO(pc_auto_free) char *title =
        pc_strfmt("%s %s › compare", pc_exercise_id(c->exercise, id), c->exercise->name);
    struct frame frame = {.compare = c, .cell = text};
    const struct pc_table table = {.columns = columns,
                                   .n_columns = PC_COUNT(columns),
                                   .n_rows = table_rows(c),
                                   .cell = cell,
                                   .ctx = &frame};
    pc_browser_header(
        c->browser, canvas, view, title,
        pc_checks_is_measuring(c->browser->checks) ? "measuring the solution" : "", NULL);
    int head = head_rows(c, body);
    if (head > 0)
        pc_table_draw(&table, canvas, pc_area_inset(pc_area_rows(body, 0, head), 1, 0));
    if (shows_both(c) || c->focus == SIDE_MINE)
        draw_side(c, SIDE_MINE, canvas);
    if (shows_both(c) || c->focus == SIDE_REFERENCE)
        draw_side(c, SIDE_REFERENCE, canvas);
    pc_footer_draw(canvas, view);
}

static void settle(struct compare *c)
{
    bool ascii = pc_app_is_ascii(c->browser->app);
    for (enum side side = SIDE_MINE; side < SIDES; side++)
        pc_reader_settle(&c->readers[side], side_area(c, side), ascii);
}

static bool read_side(struct compare *c, enum side side, struct pc_err *err)
{
    size_t n;
    char *text = pc_engine_source(c->browser->engine, c->exercise,
                                  side == SIDE_MINE ? PC_USE_LEARNERS : PC_USE_REFERENCE,
                                  NULL, &n, err);
    if (text)
        pc_reader_set_source(&c->readers[side], text, n);
    return text != NULL;
}

static void read_last(struct compare *c)
{
    pc_attempts_fini(&c->last);
    c->last = pc_engine_history(c->browser->engine, c->exercise, 1);
}

/* The course's solution is measured on this machine, in the background, once a session and
 * when nothing else runs. */
static bool measure(struct compare *c, struct pc_err *err)
{
    if (pc_checks_reference(c->browser->checks, c->exercise))
        return true;
    if (c->browser->measures.view)
        c->browser->measures.stop(c->browser->measures.view);
    return pc_checks_start_reference(c->browser->checks, c->exercise, err);
}

/* A check has ended: perhaps that of the learner's file, which was saved. */
static enum pc_reaction event(struct pc_view *view, const struct pc_event *event)
{
    struct compare *c = (struct compare *)view;
    struct pc_err err;
    if (!event || event->kind != PC_EVENT_VERDICT)
        return PC_HANDLED;
    read_last(c);
    if (!read_side(c, SIDE_MINE, &err) || !measure(c, &err))
        pc_app_say(c->browser->app, "%s", err.msg);
    settle(c);
    return PC_REDRAW;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct compare *c = (struct compare *)view;
    struct pc_reader *reader = &c->readers[c->focus];
    (void)key;
    switch (action) {
    case PC_ACT_NEXT_PANE:
    case PC_ACT_PREVIOUS_PANE:
        c->focus = c->focus == SIDE_MINE ? SIDE_REFERENCE : SIDE_MINE;
        return PC_REDRAW;
    case PC_ACT_EDIT:
        pc_browser_edit(c->browser, c->exercise);
        return PC_HANDLED;
    case PC_ACT_COPY:
        pc_app_copy(c->browser->app, reader->markdown, reader->n);
        return PC_HANDLED;
    default:
        return pc_reader_act(reader, side_area(c, c->focus), action);
    }
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    (void)view;
    return action == PC_ACT_NEXT_PANE || action == PC_ACT_PREVIOUS_PANE ||
           action == PC_ACT_EDIT || action == PC_ACT_COPY || pc_action_moves(action) ||
           pc_action_is_everywhere(action);
}

static bool is_busy(const struct pc_view *view)
{
    return pc_checks_is_measuring(((const struct compare *)view)->browser->checks);
}

static void resize(struct pc_view *view)
{
    settle((struct compare *)view);
}

static void drop(struct pc_view *view)
{
    struct compare *c = (struct compare *)view;
    pc_attempts_fini(&c->last);
    pc_limits_fini(&c->limits);
    for (enum side side = SIDE_MINE; side < SIDES; side++)
        pc_reader_fini(&c->readers[side]);
    free(c);
}

struct pc_view *pc_compare_create(struct pc_browser *browser,
                                  const struct pc_exercise *exercise, struct pc_err *err)
{
    static const struct pc_view_ops ops = {.name = "compare",
                                           .screen = PC_SCREEN_COMPARE,
                                           .draw = draw,
                                           .act = act,
                                           .event = event,
                                           .can = can,
                                           .is_busy = is_busy,
                                           .resize = resize,
                                           .free = drop};
    struct compare *c = pc_alloc(sizeof *c);
    c->view.ops = &ops;
    c->browser = browser;
    c->exercise = exercise;
    c->focus = SIDE_REFERENCE;
    read_last(c);
    if (pc_engine_limits(browser->engine, exercise, &c->limits, err) &&
        read_side(c, SIDE_MINE, err) && read_side(c, SIDE_REFERENCE, err) &&
        measure(c, err))
        return &c->view;
    drop(&c->view);
    return NULL;
}
