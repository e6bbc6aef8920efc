#include "tui/dump.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "engine/engine.h"
#include "loop/loop.h"
#include "tui/browser.h"
#include "tui/commands.h"
#include "tui/help.h"
#include "tui/places.h"

/* Between two looks at whether all has come that a screen waits for. */
enum { LOOK_MS = 20 };

struct dump {
    struct pc_browser browser;
    const struct pc_dump_spec *spec;
    const struct screen *screen;
    const struct pc_topic *topic;
    const struct pc_exercise *exercise;
    size_t page; /* from 0 */
    struct pc_timer *timer;
    struct pc_places *places;
};

/* A screen, what it is one of, and how its view is made. */
struct screen {
    const char *name;
    enum { OF_COURSE, OF_PAGE, OF_EXERCISE } of;
    bool while_timing; /* the picture is taken while the check measures */
    struct pc_view *(*open)(struct dump *dump, struct pc_err *err);
};

static struct pc_view *open_home(struct dump *dump, struct pc_err *err)
{
    (void)err;
    return pc_home_create(&dump->browser);
}

static struct pc_view *open_page(struct dump *dump, struct pc_err *err)
{
    return pc_page_create(&dump->browser, dump->topic, dump->page, err);
}

static struct pc_view *open_experiment(struct dump *dump, struct pc_err *err)
{
    if (dump->topic->n_experiments > 0)
        return pc_experiment_create(&dump->browser, dump->topic,
                                    &dump->topic->experiments[0], err);
    pc_fail(err, PC_USAGE, "topic %02d has no experiment", dump->topic->number);
    return NULL;
}

static struct pc_view *open_exercise(struct dump *dump, struct pc_err *err)
{
    return pc_exercise_create(&dump->browser, dump->exercise, err);
}

static struct pc_view *open_check(struct dump *dump, struct pc_err *err)
{
    if (!pc_checks_follow(dump->browser.checks, dump->exercise, err))
        return NULL;
    pc_checks_start(dump->browser.checks, dump->exercise, false);
    return pc_check_create(&dump->browser, dump->exercise);
}

static struct pc_view *open_compare(struct dump *dump, struct pc_err *err)
{
    return pc_compare_create(&dump->browser, dump->exercise, err);
}

static struct pc_view *open_changes(struct dump *dump, struct pc_err *err)
{
    return pc_changes_create(&dump->browser, dump->exercise, err);
}

static struct pc_view *open_profile(struct dump *dump, struct pc_err *err)
{
    return pc_profile_create(&dump->browser, dump->exercise, false, err);
}

static struct pc_view *open_history(struct dump *dump, struct pc_err *err)
{
    (void)err;
    return pc_history_create(&dump->browser, dump->exercise);
}

static struct pc_view *open_cards(struct dump *dump, struct pc_err *err)
{
    return pc_cards_create(&dump->browser, dump->topic, err);
}

static struct pc_view *open_help(struct dump *dump, struct pc_err *err)
{
    struct pc_view *below = open_exercise(dump, err);
    if (!below)
        return NULL;
    pc_app_push(dump->browser.app, below);
    return pc_help_create(below);
}

static struct pc_view *open_commands(struct dump *dump, struct pc_err *err)
{
    struct pc_view *below = open_exercise(dump, err);
    if (!below)
        return NULL;
    pc_app_push(dump->browser.app, below);
    return pc_commands_create(below, pc_places_more(dump->places));
}

static const struct screen screens[] = {
    {"home", OF_COURSE, .open = open_home},
    {"page", OF_PAGE, .open = open_page},
    {"experiment", OF_PAGE, .open = open_experiment},
    {"exercise", OF_EXERCISE, .open = open_exercise},
    {"check", OF_EXERCISE, .open = open_check, .while_timing = true},
    {"verdict", OF_EXERCISE, .open = open_check},
    {"compare", OF_EXERCISE, .open = open_compare},
    {"changes", OF_EXERCISE, .open = open_changes},
    {"history", OF_EXERCISE, .open = open_history},
    {"profile", OF_EXERCISE, .open = open_profile},
    {"cards", OF_PAGE, .open = open_cards},
    {"help", OF_EXERCISE, .open = open_help},
    {"commands", OF_EXERCISE, .open = open_commands},
};

char *pc_dump_screens(void)
{
    struct pc_str names = {0};
    for (size_t i = 0; i < PC_COUNT(screens); i++)
        pc_str_addf(&names, "%s%s", i > 0 ? ", " : "", screens[i].name);
    return pc_str_take(&names);
}

static const struct screen *find_screen(const char *name, struct pc_err *err)
{
    for (size_t i = 0; i < PC_COUNT(screens); i++)
        if (strcmp(screens[i].name, name) == 0)
            return &screens[i];
    PC_AUTO(pc_auto_free) char *all = pc_dump_screens();
    pc_fail(err, PC_USAGE, "there is no screen \"%s\"; there are %s", name, all);
    return NULL;
}

/* "07.2" is the second page of a topic; a word without a dot is the first one. */
static bool find_page(struct dump *dump, const struct pc_course *course, const char *word,
                      struct pc_err *err)
{
    const char *dot = strchr(word, '.');
    PC_AUTO(pc_auto_free) char *name =
        pc_strndup(word, dot ? (size_t)(dot - word) : strlen(word));
    unsigned long number = dot ? strtoul(dot + 1, NULL, 10) : 1;
    dump->topic = pc_course_topic(course, name, err);
    if (!dump->topic)
        return false;
    if (number < 1 || number > dump->topic->n_pages)
        return pc_fail(err, PC_USAGE, "topic %02d has %zu pages; there is no page %s",
                       dump->topic->number, dump->topic->n_pages, word);
    dump->page = number - 1;
    return true;
}

static bool find_exercise(struct dump *dump, const struct pc_course *course,
                          const char *word, struct pc_err *err)
{
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    bool found = pc_course_choose(course, word, &chosen, &n, err);
    if (found) {
        dump->exercise = chosen[0];
        dump->topic = chosen[0]->topic;
    }
    free(chosen);
    return found;
}

static bool find_what(struct dump *dump, struct pc_err *err)
{
    const struct pc_course *course = pc_engine_course(dump->browser.engine);
    const char *word = dump->spec->what;
    if (dump->screen->of == OF_COURSE)
        return true;
    if (course->n_topics == 0)
        return pc_fail(err, PC_USAGE, "the course has no topic");
    PC_AUTO(pc_auto_free) char *first = pc_strfmt("%02d", course->topics[0].number);
    if (!word)
        word = first;
    return dump->screen->of == OF_PAGE ? find_page(dump, course, word, err)
                                       : find_exercise(dump, course, word, err);
}

/* Whether the picture can be taken now. */
static bool is_ready(const struct dump *dump)
{
    const struct pc_view *top = pc_app_top(dump->browser.app);
    bool busy = top->ops->is_busy && top->ops->is_busy(top);
    const struct pc_result *current = pc_checks_current(dump->browser.checks);
    return !busy || (dump->screen->while_timing && current->trail.n > 0);
}

static void look(void *ctx)
{
    struct dump *dump = ctx;
    pc_timer_free(dump->timer);
    dump->timer = NULL;
    if (is_ready(dump))
        pc_loop_stop(dump->browser.loop);
    else
        dump->timer = pc_timer_start(dump->browser.loop, LOOK_MS, look, dump);
}

static void wait_until_ready(struct dump *dump)
{
    if (is_ready(dump))
        return;
    dump->timer = pc_timer_start(dump->browser.loop, LOOK_MS, look, dump);
    pc_loop_run(dump->browser.loop);
}

static void on_event(void *ctx, const struct pc_event *event, bool reference)
{
    struct dump *dump = ctx;
    if (!reference)
        pc_app_event(dump->browser.app, event);
}

static void on_trouble(void *ctx, const struct pc_exercise *exercise,
                       const struct pc_err *err)
{
    struct dump *dump = ctx;
    (void)exercise;
    pc_app_say(dump->browser.app, "%s", err->msg);
}

static char *take_picture(struct dump *dump, struct pc_err *err)
{
    struct pc_view *view = dump->screen->open(dump, err);
    if (!view)
        return NULL;
    pc_app_push(dump->browser.app, view);
    wait_until_ready(dump);
    return pc_app_picture(dump->browser.app);
}

char *pc_dump(struct pc_engine *engine, struct pc_loop *loop,
              const struct pc_dump_spec *spec, struct pc_err *err)
{
    static const struct pc_app_ops ops = {0};
    static const struct pc_checks_ops checks_ops = {.event = on_event,
                                                    .trouble = on_trouble};
    struct dump dump = {.browser = {.engine = engine, .loop = loop},
                        .spec = spec,
                        .screen = find_screen(spec->screen, err)};
    if (!dump.screen || !find_what(&dump, err))
        return NULL;
    dump.browser.checks = pc_checks_create(engine, true, &checks_ops, &dump, err);
    if (!dump.browser.checks)
        return NULL;
    dump.browser.app =
        pc_app_create_hidden(loop, spec->width, spec->height, spec->ascii, &ops, &dump);
    dump.places = pc_places_create(&dump.browser);
    char *picture = take_picture(&dump, err);
    pc_timer_free(dump.timer);
    pc_app_free(dump.browser.app);
    pc_checks_free(dump.browser.checks);
    pc_places_free(dump.places);
    return picture;
}
