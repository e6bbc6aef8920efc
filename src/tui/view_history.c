#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "engine/engine.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/list.h"
#include "tui/question.h"
#include "tui/spark.h"
#include "tui/table.h"
#include "tui/verdict_sheet.h"

enum { MOST = 500, CELL_MAX = 64, HEAD_ROWS = 3 };

struct history {
    struct pc_view view;
    struct pc_browser *browser;
    const struct pc_exercise *exercise;
    struct pc_attempts attempts; /* newest first */
    struct pc_list list;
};

enum column { COLUMN_WHEN, COLUMN_VERDICT, COLUMN_SPEED, COLUMN_BETWEEN, COLUMN_COMPILER };

static const struct pc_column columns[] = {
    [COLUMN_WHEN] = {.title = "When", .keep = 3},
    [COLUMN_VERDICT] = {.title = "Verdict", .keep = 5},
    [COLUMN_SPEED] = {.title = "Speedup", .right = true, .keep = 4},
    [COLUMN_BETWEEN] = {.title = "95 % interval", .keep = 2},
    [COLUMN_COMPILER] = {.title = "Compiler", .elastic = true, .keep = 1},
};

/* One frame: the text of a cell lives here until the next one is asked for. */
struct frame {
    const struct history *history;
    struct pc_table_layout layout;
    const struct pc_table *table;
    char *cell;
};

static enum pc_style style_of(const struct pc_attempt *attempt)
{
    return pc_attempt_passed(attempt)   ? PC_STYLE_GOOD
           : attempt->code == PC_UNSURE ? PC_STYLE_DOUBT
                                        : PC_STYLE_BAD;
}

static struct pc_table_cell cell(const void *ctx, size_t row, size_t column)
{
    const struct frame *frame = ctx;
    const struct pc_attempt *a = &frame->history->attempts.items[row];
    bool timed = isfinite(a->ratio);
    char low[PC_UNITS_MAX], high[PC_UNITS_MAX], when[PC_WHEN_MAX];
    frame->cell[0] = '\0';
    switch ((enum column)column) {
    case COLUMN_WHEN:
        snprintf(frame->cell, CELL_MAX, "%s", pc_format_when(a->when, when));
        break;
    case COLUMN_VERDICT:
        snprintf(frame->cell, CELL_MAX, "%s", pc_attempt_words(a));
        return (struct pc_table_cell){.text = frame->cell, .style = style_of(a)};
    case COLUMN_SPEED:
        if (timed)
            pc_format_ratio(a->ratio, frame->cell);
        break;
    case COLUMN_BETWEEN:
        if (timed)
            snprintf(frame->cell, CELL_MAX, "%s to %s", pc_format_ratio(a->low, low),
                     pc_format_ratio(a->high, high));
        break;
    case COLUMN_COMPILER:
        snprintf(frame->cell, CELL_MAX, "%s", a->compiler);
        break;
    }
    return (struct pc_table_cell){.text = frame->cell};
}

static void draw_row(const void *ctx, size_t i, struct pc_canvas *canvas,
                     struct pc_area area)
{
    const struct frame *frame = ctx;
    pc_table_row(frame->table, &frame->layout, canvas, area, 0, i);
}

/* The speed-ups from the oldest to the newest. */
static void draw_spark(const struct history *h, struct pc_canvas *canvas,
                       struct pc_area area)
{
    PC_AUTO(pc_auto_free) double *values =
        pc_alloc_array(h->attempts.n + 1, sizeof *values);
    size_t n = 0;
    for (size_t i = h->attempts.n; i-- > 0;)
        if (isfinite(h->attempts.items[i].ratio))
            values[n++] = h->attempts.items[i].ratio;
    if (n == 0)
        return;
    int x = pc_canvas_text(canvas, area, 1, 0, PC_STYLE_FAINT, "speedup ");
    pc_spark_draw(canvas, area, x, 0, area.w - x - 1, values, n, PC_STYLE_SERIES_1);
}

static int head_rows(struct pc_area body)
{
    return body.h > 2 * HEAD_ROWS ? HEAD_ROWS : 1;
}

static struct pc_area list_area(const struct pc_view *view)
{
    struct pc_area body = pc_body(view->area);
    int head = head_rows(body);
    return pc_area_rows(body, head, body.h - head);
}

static void draw_table(const struct history *h, struct pc_canvas *canvas,
                       struct pc_area body)
{
    enum { MARK = 2 }; /* columns in front of the rows of a list */
    char text[CELL_MAX];
    struct frame frame = {.history = h, .cell = text};
    const struct pc_table table = {.columns = columns,
                                   .n_columns = PC_COUNT(columns),
                                   .n_rows = h->attempts.n,
                                   .cell = cell,
                                   .ctx = &frame};
    frame.table = &table;
    pc_table_layout(&table, canvas, body.w - MARK - 1, &frame.layout);
    int head = head_rows(body);
    if (head > 1)
        draw_spark(h, canvas, body);
    pc_table_titles(&table, &frame.layout, canvas,
                    pc_area_columns(body, MARK, body.w - MARK), head - 1);
    pc_list_draw(&h->list, canvas, list_area(&h->view), draw_row, &frame);
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct history *h = (const struct history *)view;
    char id[16];
    PC_AUTO(pc_auto_free) char *title =
        pc_strfmt("%s %s › history", pc_exercise_id(h->exercise, id), h->exercise->name);
    PC_AUTO(pc_auto_free) char *facts =
        pc_strfmt("%zu check%s", h->attempts.n, h->attempts.n == 1 ? "" : "s");
    pc_browser_header(h->browser, canvas, view, title, facts, NULL);
    if (h->attempts.n == 0)
        pc_canvas_text(canvas, pc_body(view->area), 1, 0, PC_STYLE_TEXT,
                       "No check was kept yet.");
    else
        draw_table(h, canvas, pc_body(view->area));
    pc_footer_draw(canvas, view);
}

/* The kernel of the attempt under the cursor; NULL after a message. */
static char *chosen_text(struct history *h, size_t *n)
{
    struct pc_err err;
    char *text =
        pc_engine_snapshot(h->browser->engine, &h->attempts.items[h->list.cursor], n, &err);
    if (!text)
        pc_app_say(h->browser->app, "%s", err.msg);
    return text;
}

static char *title_of(const struct history *h)
{
    char id[16], when[PC_WHEN_MAX];
    return pc_strfmt("%s %s › %s", pc_exercise_id(h->exercise, id), h->exercise->name,
                     pc_format_when(h->attempts.items[h->list.cursor].when, when));
}

static enum pc_reaction show_source(struct history *h)
{
    size_t n;
    char *text = chosen_text(h, &n);
    if (!text)
        return PC_HANDLED;
    PC_AUTO(pc_auto_free) char *title = title_of(h);
    h->view.opens = pc_source_create(h->browser, title, text, n);
    return PC_OPEN;
}

static enum pc_reaction show_differences(struct history *h)
{
    size_t n_old, n_mine;
    struct pc_err err;
    PC_AUTO(pc_auto_free) char *old = chosen_text(h, &n_old);
    PC_AUTO(pc_auto_free) char *title = title_of(h);
    if (!old)
        return PC_HANDLED;
    PC_AUTO(pc_auto_free) char *mine = pc_engine_source(
        h->browser->engine, h->exercise, PC_USE_LEARNERS, NULL, &n_mine, &err);
    const struct pc_diff_spec spec = {
        .from = {.name = "that version", .text = old, .n = n_old},
        .to = {.name = "your file now", .text = mine, .n = n_mine},
    };
    return pc_browser_open(
        h->browser, &h->view,
        mine ? pc_differences_create(h->browser, title, &spec, &err) : NULL, PC_OPEN, &err);
}

static struct pc_view *put_back(void *ctx)
{
    struct history *h = ctx;
    size_t n;
    bool changed;
    struct pc_err err;
    PC_AUTO(pc_auto_free) char *text = chosen_text(h, &n);
    if (!text)
        return NULL;
    if (!pc_engine_replace(h->browser->engine, h->exercise, text, n, &changed, &err))
        pc_app_say(h->browser->app, "%s", err.msg);
    else
        pc_app_say(h->browser->app,
                   changed ? "that version is back; `perfcourse undo %s` takes it away"
                           : "%s: that is your file already",
                   h->exercise->name);
    return NULL;
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct history *h = (struct history *)view;
    (void)key;
    switch (action) {
    case PC_ACT_OPEN:
        return show_source(h);
    case PC_ACT_DIFF:
        return show_differences(h);
    case PC_ACT_RESET:
        view->opens = pc_question_create(
            "Put this version in place of your file? Your file is kept for undo.", put_back,
            h);
        return PC_OPEN;
    default:
        return pc_list_act(&h->list, list_area(view).h, action);
    }
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    const struct history *h = (const struct history *)view;
    if (action == PC_ACT_OPEN || action == PC_ACT_DIFF || action == PC_ACT_RESET)
        return h->attempts.n > 0;
    return pc_action_moves_rows(action) || pc_action_is_everywhere(action);
}

static enum pc_reaction click(struct pc_view *view, int x, int y)
{
    struct history *h = (struct history *)view;
    (void)x;
    return pc_list_click(&h->list, y - list_area(view).y) ? PC_REDRAW : PC_HANDLED;
}

static void resize(struct pc_view *view)
{
    struct history *h = (struct history *)view;
    pc_list_settle(&h->list, list_area(view).h);
}

/* The cursor stays on its attempt when there are new ones above it. */
static void read_attempts(struct history *h)
{
    size_t before = h->attempts.n;
    pc_attempts_fini(&h->attempts);
    h->attempts = pc_engine_history(h->browser->engine, h->exercise, MOST);
    h->list.n = h->attempts.n;
    if (before > 0 && h->attempts.n > before)
        h->list.cursor += h->attempts.n - before;
    resize(&h->view);
}

static enum pc_reaction event(struct pc_view *view, const struct pc_event *event)
{
    struct history *h = (struct history *)view;
    if (!event || event->kind != PC_EVENT_VERDICT || event->exercise != h->exercise)
        return PC_HANDLED;
    read_attempts(h);
    return PC_REDRAW;
}

static void drop(struct pc_view *view)
{
    struct history *h = (struct history *)view;
    pc_attempts_fini(&h->attempts);
    free(h);
}

struct pc_view *pc_history_create(struct pc_browser *browser,
                                  const struct pc_exercise *exercise)
{
    static const struct pc_view_ops ops = {.name = "history",
                                           .screen = PC_SCREEN_HISTORY,
                                           .draw = draw,
                                           .act = act,
                                           .click = click,
                                           .event = event,
                                           .can = can,
                                           .resize = resize,
                                           .free = drop};
    struct history *h = pc_alloc(sizeof *h);
    h->view.ops = &ops;
    h->browser = browser;
    h->exercise = exercise;
    read_attempts(h);
    return &h->view;
}
