#include "tui/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/words.h"
#include "engine/engine.h"

/* What an entry stands for: one of these. */
struct place {
    const struct pc_topic *topic;
    size_t page; /* from 0; when it is nothing else: */
    const struct pc_experiment *experiment;
    const struct pc_exercise *exercise;
    bool is_cards;
};

struct pc_places {
    struct pc_browser *browser;
    struct pc_words labels;
    struct {
        struct place *items;
        size_t n, cap;
    } places;
    struct {
        struct pc_palette_entry *items;
        size_t n, cap;
    } entries;
    struct pc_commands_more more;
};

/* Its label is the last one. */
static void add(struct pc_places *places, struct place place, const char *hint)
{
    *PC_PUSH(&places->places) = place;
    *PC_PUSH(&places->entries) = (struct pc_palette_entry){
        .label = places->labels.items[places->labels.n - 1], .hint = hint};
}

static void add_topic(struct pc_places *places, const struct pc_topic *topic)
{
    char id[16];
    for (size_t i = 0; i < topic->n_pages; i++) {
        pc_words_addf(&places->labels, "%02d › %zu %s", topic->number, i + 1,
                      topic->pages[i].title);
        add(places, (struct place){.topic = topic, .page = i}, "page");
    }
    for (size_t i = 0; i < topic->n_experiments; i++) {
        const struct pc_experiment *x = &topic->experiments[i];
        pc_words_addf(&places->labels, "%02d › %s", topic->number, x->title);
        add(places, (struct place){.topic = topic, .experiment = x}, "experiment");
    }
    for (size_t i = 0; i < topic->n_exercises; i++) {
        const struct pc_exercise *e = &topic->exercises[i];
        pc_words_addf(&places->labels, "%s %s", pc_exercise_id(e, id), e->name);
        add(places, (struct place){.topic = topic, .exercise = e}, "exercise");
    }
    if (topic->n_cards > 0) {
        pc_words_addf(&places->labels, "%02d › %zu cards", topic->number, topic->n_cards);
        add(places, (struct place){.topic = topic, .is_cards = true}, "cards");
    }
}

static struct pc_view *choose(void *ctx, const struct pc_palette_entry *entry)
{
    struct pc_places *places = ctx;
    const struct place *place = &places->places.items[entry - places->entries.items];
    struct pc_browser *browser = places->browser;
    struct pc_view *view;
    struct pc_err err;
    if (place->exercise)
        view = pc_exercise_create(browser, place->exercise, &err);
    else if (place->experiment)
        view = pc_experiment_create(browser, place->topic, place->experiment, &err);
    else if (place->is_cards)
        view = pc_cards_create(browser, place->topic, &err);
    else
        view = pc_page_create(browser, place->topic, place->page, &err);
    if (!view)
        pc_app_say(browser->app, "%s", err.msg);
    return view;
}

struct pc_places *pc_places_create(struct pc_browser *browser)
{
    struct pc_places *places = pc_alloc(sizeof *places);
    const struct pc_course *course = pc_engine_course(browser->engine);
    places->browser = browser;
    for (size_t i = 0; i < course->n_topics; i++)
        add_topic(places, &course->topics[i]);
    places->more = (struct pc_commands_more){.entries = places->entries.items,
                                             .n = places->entries.n,
                                             .choose = choose,
                                             .ctx = places};
    return places;
}

void pc_places_free(struct pc_places *places)
{
    if (!places)
        return;
    pc_words_fini(&places->labels);
    free(places->entries.items);
    free(places->places.items);
    free(places);
}

const struct pc_commands_more *pc_places_more(const struct pc_places *places)
{
    return &places->more;
}
