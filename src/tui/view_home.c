#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "engine/engine.h"
#include "model/cards.h"
#include "tui/bars.h"
#include "tui/browser.h"
#include "tui/list.h"
#include "tui/searcher.h"
#include "tui/standing.h"

/* A row: a topic's title, one of its pages, one of its exercises, or its cards. */
struct row {
    const struct pc_topic *topic;
    const struct pc_exercise *exercise;
    bool is_cards;
    size_t page; /* counted from 1; 0 for none */
    /* Where it stands, of what it is. */
    struct pc_status status;
    struct pc_card_status cards;
    bool read;
};

struct home {
    struct pc_view view;
    struct pc_browser *browser;
    struct row *rows;
    size_t n_rows, cap_rows;
    struct pc_list list;
    struct pc_searcher searcher;
    char *words;   /* what is searched for, or NULL */
    size_t before; /* the row where the search began */
};

static void add_row(struct home *home, struct row row)
{
    pc_reserve(&home->rows, &home->cap_rows, home->n_rows + 1, sizeof *home->rows);
    home->rows[home->n_rows++] = row;
}

static void add_topic(struct home *home, const struct pc_topic *topic)
{
    add_row(home, (struct row){.topic = topic});
    for (size_t i = 0; i < topic->n_pages; i++)
        add_row(home, (struct row){.topic = topic, .page = i + 1});
    for (size_t i = 0; i < topic->n_exercises; i++)
        add_row(home, (struct row){.topic = topic, .exercise = &topic->exercises[i]});
    if (topic->n_cards > 0)
        add_row(home, (struct row){.topic = topic, .is_cards = true});
}

/* Where the rows stand is read when that may have changed, not for each frame. */
static void read_standings(struct home *home)
{
    struct pc_engine *engine = home->browser->engine;
    for (size_t i = 0; i < home->n_rows; i++) {
        struct row *row = &home->rows[i];
        if (row->exercise)
            row->status = pc_engine_status(engine, row->exercise);
        else if (row->is_cards)
            row->cards = pc_engine_card_status(engine, row->topic);
        else if (row->page > 0)
            row->read =
                pc_engine_page_was_read(engine, row->topic->pages[row->page - 1].key);
    }
}

/* Columns at the right end: "14.9x", "silver 14.9x". */
enum { BEST_MAX = 48, BEST_ALONE = 10, BEST_WITH_MEDAL = 16 };

static void draw_exercise(const struct pc_exercise *e, const struct pc_status *status,
                          struct pc_canvas *canvas, struct pc_area area)
{
    char id[16], best[BEST_MAX] = "";
    int x = pc_canvas_text(canvas, area, 3, 0, pc_standing_style(status->standing),
                           pc_standing_mark(status->standing));
    x = pc_canvas_text(canvas, area, x + 1, 0, PC_STYLE_FAINT, pc_exercise_id(e, id));
    bool medal = status->medal != PC_MEDAL_NONE;
    snprintf(best, sizeof best, "%s", medal ? pc_medal_name(status->medal) : "");
    if (!isnan(status->best))
        snprintf(best + strlen(best), sizeof best - strlen(best), "%s%.3gx",
                 medal ? " " : "", status->best);
    int room = medal ? BEST_WITH_MEDAL : BEST_ALONE;
    pc_canvas_cut(canvas, area, x + 1, 0, area.w - x - room, PC_STYLE_TEXT, e->title);
    pc_canvas_right(canvas, area, area.w - 1, 0, PC_STYLE_GOOD, best);
}

static void draw_cards(const struct pc_card_status *status, struct pc_canvas *canvas,
                       struct pc_area area)
{
    char buf[PC_CARD_STATUS_MAX];
    bool all = status->right == status->cards, none = status->answered == 0;
    enum pc_style style = all ? PC_STYLE_GOOD : none ? PC_STYLE_FAINT : PC_STYLE_DOUBT;
    int x = pc_canvas_text(canvas, area, 3, 0, style, all ? "✓" : none ? "○" : "~");
    x = pc_canvas_text(canvas, area, x + 1, 0, PC_STYLE_TEXT, "Cards");
    pc_canvas_text(canvas, area, x + 3, 0, PC_STYLE_FAINT, pc_format_cards(status, buf));
}

static void draw_row(const void *ctx, size_t i, struct pc_canvas *canvas,
                     struct pc_area area)
{
    const struct home *home = ctx;
    const struct row *row = &home->rows[i];
    if (row->exercise) {
        draw_exercise(row->exercise, &row->status, canvas, area);
    } else if (row->is_cards) {
        draw_cards(&row->cards, canvas, area);
    } else if (row->page > 0) {
        pc_canvas_text(canvas, area, 3, 0, PC_STYLE_FAINT, row->read ? "·" : " ");
        pc_canvas_cut(canvas, area, 5, 0, area.w - 6,
                      row->read ? PC_STYLE_FAINT : PC_STYLE_TEXT,
                      row->topic->pages[row->page - 1].title);
    } else {
        pc_canvas_printf(canvas, area, 0, 0, PC_STYLE_HEADING, "%02d %s",
                         row->topic->number, row->topic->title);
    }
}

static void draw(const struct pc_view *view, struct pc_canvas *canvas)
{
    const struct home *home = (const struct home *)view;
    size_t passed = 0, all = 0;
    for (size_t i = 0; i < home->n_rows; i++) {
        const struct row *row = &home->rows[i];
        passed += row->exercise && row->status.standing == PC_STANDING_PASSED;
        all += row->exercise != NULL;
    }
    char facts[64];
    snprintf(facts, sizeof facts, "%zu of %zu passed", passed, all);
    pc_browser_header(home->browser, canvas, view, "perfcourse", facts, NULL);
    pc_list_draw(&home->list, canvas, pc_body(view->area), draw_row, home);
    pc_footer_draw(canvas, view);
}

static enum pc_reaction open_row(struct home *home)
{
    const struct row *row = &home->rows[home->list.cursor];
    struct pc_err err = {.msg = "the topic has no pages"};
    struct pc_view *opens = NULL;
    if (row->exercise)
        opens = pc_exercise_create(home->browser, row->exercise, &err);
    else if (row->is_cards)
        opens = pc_cards_create(home->browser, row->topic, &err);
    else if (row->topic->n_pages > 0)
        opens =
            pc_page_create(home->browser, row->topic, row->page ? row->page - 1 : 0, &err);
    return pc_browser_open(home->browser, &home->view, opens, PC_OPEN, &err);
}

/* Open the exercise under the cursor, and begin with it. */
static enum pc_reaction begin(struct home *home, enum pc_action action)
{
    const struct pc_exercise *exercise = home->rows[home->list.cursor].exercise;
    enum pc_reaction reaction = open_row(home);
    if (reaction == PC_OPEN && action == PC_ACT_CHECK)
        pc_browser_check(home->browser, exercise, false);
    if (reaction == PC_OPEN && action == PC_ACT_EDIT)
        pc_browser_edit(home->browser, exercise);
    return reaction;
}

/* Two digits go to a topic; the second is what tells most topics apart. */
static enum pc_reaction go_to_topic(struct home *home, int digit)
{
    for (size_t i = 0; i < home->n_rows; i++) {
        const struct row *row = &home->rows[i];
        if (row->exercise || row->page || row->is_cards ||
            row->topic->number % 10 != digit - '0')
            continue;
        home->list.cursor = i;
        pc_list_settle(&home->list, pc_body(home->view.area).h);
        return PC_REDRAW;
    }
    return PC_HANDLED;
}

/* Whether the words are in what a row is called; small letters stand for both. */
static bool matches(const struct row *row, const char *words)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const struct pc_topic *topic = row->topic;
    char id[16];
    PC_AUTO(pc_auto_free) char *text =
        row->exercise   ? pc_strfmt("%s %s %s", pc_exercise_id(row->exercise, id),
                                    row->exercise->name, row->exercise->title)
        : row->is_cards ? pc_strdup("Cards")
        : row->page > 0 ? pc_strdup(topic->pages[row->page - 1].title)
                        : pc_strfmt("%02d %s", topic->number, topic->title);
    return strpbrk(words, capitals) ? strstr(text, words) : strcasestr(text, words);
}

/* Words that are not found leave everything as it was. */
static enum pc_find find(struct pc_view *view, const char *words, bool backwards)
{
    struct home *home = (struct home *)view;
    size_t n = home->n_rows, old = home->list.cursor;
    const char *wanted = words ? words : home->words;
    for (size_t i = words ? 0 : 1; wanted && i <= n; i++) {
        size_t at = (backwards ? old + n - i : old + i) % n;
        if (!matches(&home->rows[at], wanted))
            continue;
        if (words && !home->words)
            home->before = old;
        if (words) {
            free(home->words);
            home->words = pc_strdup(words);
        }
        home->list.cursor = at;
        pc_list_settle(&home->list, pc_body(view->area).h);
        bool onward = backwards ? at < old : words ? at >= old : at > old;
        return onward ? PC_FOUND : PC_FOUND_WRAPPED;
    }
    return PC_NOT_FOUND;
}

static void end_find(struct pc_view *view)
{
    struct home *home = (struct home *)view;
    free(PC_TAKE(home->words));
    home->list.cursor = home->before;
    pc_list_settle(&home->list, pc_body(view->area).h);
}

static enum pc_reaction act(struct pc_view *view, enum pc_action action, int key)
{
    struct home *home = (struct home *)view;
    enum pc_reaction found = pc_searcher_act(&home->searcher, action, key);
    if (found != PC_IGNORED)
        return found;
    if (action == PC_ACT_OPEN)
        return open_row(home);
    if (action == PC_ACT_CHECK || action == PC_ACT_EDIT)
        return begin(home, action);
    if (action == PC_ACT_TOPIC)
        return go_to_topic(home, key);
    return pc_list_act(&home->list, pc_body(view->area).h, action);
}

static bool can(const struct pc_view *view, enum pc_action action)
{
    const struct home *home = (const struct home *)view;
    if (action == PC_ACT_CHECK || action == PC_ACT_EDIT)
        return home->rows[home->list.cursor].exercise != NULL;
    return action == PC_ACT_OPEN || action == PC_ACT_TOPIC ||
           pc_searcher_can(&home->searcher, action) || pc_action_moves_rows(action) ||
           pc_action_is_everywhere(action);
}

static enum pc_reaction click(struct pc_view *view, int x, int y)
{
    struct home *home = (struct home *)view;
    struct pc_area body = pc_body(view->area);
    (void)x;
    return pc_list_click(&home->list, y - body.y) ? PC_REDRAW : PC_HANDLED;
}

static void uncover(struct pc_view *view)
{
    read_standings((struct home *)view);
}

static enum pc_reaction event(struct pc_view *view, const struct pc_event *what)
{
    if (!what || what->kind != PC_EVENT_VERDICT)
        return PC_HANDLED;
    read_standings((struct home *)view);
    return PC_REDRAW;
}

static void resize(struct pc_view *view)
{
    struct home *home = (struct home *)view;
    pc_list_settle(&home->list, pc_body(view->area).h);
}

static void free_home(struct pc_view *view)
{
    struct home *home = (struct home *)view;
    free(home->rows);
    free(home->words);
    free(home);
}

struct pc_view *pc_home_create(struct pc_browser *browser)
{
    static const struct pc_view_ops ops = {.name = "home",
                                           .screen = PC_SCREEN_HOME,
                                           .draw = draw,
                                           .act = act,
                                           .click = click,
                                           .can = can,
                                           .event = event,
                                           .uncover = uncover,
                                           .resize = resize,
                                           .free = free_home};
    static const struct pc_search_ops search = {.find = find, .end = end_find};
    struct home *home = pc_alloc(sizeof *home);
    home->view.ops = &ops;
    home->browser = browser;
    home->searcher =
        (struct pc_searcher){.ops = &search, .app = browser->app, .view = &home->view};
    const struct pc_course *course = pc_engine_course(browser->engine);
    for (size_t i = 0; i < course->n_topics; i++)
        add_topic(home, &course->topics[i]);
    home->list.n = home->n_rows;
    read_standings(home);
    return &home->view;
}
