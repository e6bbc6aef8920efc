#include "cli/stop.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "report/progress.h"

static size_t count_entries(const struct pc_topic *topic)
{
    return topic->n_pages + topic->n_experiments + topic->n_exercises +
           (topic->n_cards > 0);
}

enum pc_stop_kind pc_stop_kind(const struct pc_stop *place, size_t *index)
{
    const struct pc_topic *topic = place->topic;
    if (!topic)
        return PC_STOP_COURSE;
    if (place->entry == 0)
        return PC_STOP_TOPIC;
    const size_t counts[] = {topic->n_pages, topic->n_experiments, topic->n_exercises};
    size_t at = place->entry - 1, kind = 0;
    while (kind < 3 && at >= counts[kind])
        at -= counts[kind++];
    if (index)
        *index = at;
    return (enum pc_stop_kind)(PC_STOP_PAGE + kind);
}

const struct pc_exercise *pc_stop_exercise(const struct pc_stop *place)
{
    size_t index;
    if (pc_stop_kind(place, &index) != PC_STOP_EXERCISE)
        return NULL;
    return &place->topic->exercises[index];
}

struct pc_stop pc_stop_of_topic(const struct pc_topic *topic)
{
    return (struct pc_stop){.topic = topic};
}

struct pc_stop pc_stop_of_page(const struct pc_topic *topic, size_t page)
{
    return (struct pc_stop){.topic = topic, .entry = page};
}

struct pc_stop pc_stop_of_exercise(const struct pc_exercise *exercise)
{
    const struct pc_topic *topic = exercise->topic;
    size_t index = (size_t)(exercise - topic->exercises);
    return (struct pc_stop){.topic = topic,
                            .entry = 1 + topic->n_pages + topic->n_experiments + index};
}

void pc_stop_name(const struct pc_stop *place, struct pc_str *out)
{
    const struct pc_topic *topic = place->topic;
    size_t index;
    char id[16];
    switch (pc_stop_kind(place, &index)) {
    case PC_STOP_COURSE:
        pc_str_adds(out, "course");
        break;
    case PC_STOP_TOPIC:
        pc_str_addf(out, "%02d %s", topic->number, topic->title);
        break;
    case PC_STOP_PAGE:
        pc_str_addf(out, "%02d page %zu of %zu", topic->number, index + 1, topic->n_pages);
        break;
    case PC_STOP_EXPERIMENT:
        pc_str_addf(out, "%02d experiment %s", topic->number,
                    topic->experiments[index].name);
        break;
    case PC_STOP_EXERCISE:
        pc_str_addf(out, "%s %s", pc_exercise_id(&topic->exercises[index], id),
                    topic->exercises[index].name);
        break;
    case PC_STOP_CARDS:
        pc_str_addf(out, "%02d cards", topic->number);
        break;
    }
}

static void list_course(struct pc_engine *engine, struct pc_str *out)
{
    const struct pc_course *course = pc_engine_course(engine);
    for (size_t i = 0; i < course->n_topics; i++) {
        const struct pc_topic *topic = &course->topics[i];
        size_t passed = 0, read = 0;
        for (size_t k = 0; k < topic->n_exercises; k++)
            passed += pc_engine_status(engine, &topic->exercises[k]).passed != 0;
        for (size_t k = 0; k < topic->n_pages; k++)
            read += pc_engine_page_was_read(engine, topic->pages[k].key);
        pc_str_addf(out, "%02d %s: %zu of %zu pages read, %zu of %zu exercises passed\n",
                    topic->number, topic->title, read, topic->n_pages, passed,
                    topic->n_exercises);
    }
}

static void list_entry(const struct pc_stop *place, struct pc_engine *engine,
                       struct pc_str *out)
{
    static const char *const levels[] = {
        [PC_WARMUP] = "warm-up", [PC_CORE] = "core", [PC_STRETCH] = "stretch"};
    const struct pc_topic *topic = place->topic;
    size_t index;
    enum pc_stop_kind kind = pc_stop_kind(place, &index);
    pc_str_addf(out, "%zu. ", place->entry);
    if (kind == PC_STOP_PAGE) {
        pc_str_addf(out, "page %zu: %s%s\n", index + 1, topic->pages[index].title,
                    pc_stop_is_done(place, engine) ? "; read" : "");
    } else if (kind == PC_STOP_EXPERIMENT) {
        pc_str_addf(out, "experiment %s: %s\n", topic->experiments[index].name,
                    topic->experiments[index].title);
    } else if (kind == PC_STOP_EXERCISE) {
        const struct pc_exercise *e = &topic->exercises[index];
        struct pc_status status = pc_engine_status(engine, e);
        char id[16], standing[PC_STANDING_MAX];
        pc_str_addf(out, "exercise %s %s: %s; %s; %s\n", pc_exercise_id(e, id), e->name,
                    e->title, levels[e->level], pc_format_standing(&status, standing));
    } else {
        pc_str_addf(out, "cards: %zu question%s\n", topic->n_cards,
                    topic->n_cards == 1 ? "" : "s");
    }
}

void pc_stop_list(const struct pc_stop *place, struct pc_engine *engine, struct pc_str *out)
{
    if (!place->topic) {
        list_course(engine, out);
        return;
    }
    for (size_t i = 1; i <= count_entries(place->topic); i++)
        list_entry(&(struct pc_stop){.topic = place->topic, .entry = i}, engine, out);
}

/* Experiments and cards are never done: one can always look again. */
bool pc_stop_is_done(const struct pc_stop *place, struct pc_engine *engine)
{
    size_t index;
    switch (pc_stop_kind(place, &index)) {
    case PC_STOP_PAGE:
        return pc_engine_page_was_read(engine, place->topic->pages[index].key);
    case PC_STOP_EXERCISE:
        return pc_engine_status(engine, &place->topic->exercises[index]).passed != 0;
    default:
        return false;
    }
}

/* Whether `place` is where `next` should stop when it comes from a heading or an entry. */
static bool is_stop(const struct pc_stop *place, struct pc_engine *engine, bool resuming)
{
    enum pc_stop_kind kind = pc_stop_kind(place, NULL);
    if (resuming)
        return (kind == PC_STOP_PAGE || kind == PC_STOP_EXERCISE) &&
               !pc_stop_is_done(place, engine);
    return kind != PC_STOP_EXERCISE || !pc_stop_is_done(place, engine);
}

static bool next_in_topic(struct pc_stop *place, struct pc_engine *engine, bool resuming)
{
    struct pc_stop at = *place;
    while (at.entry++ < count_entries(at.topic))
        if (is_stop(&at, engine, resuming)) {
            *place = at;
            return true;
        }
    return false;
}

bool pc_stop_next(struct pc_stop *place, struct pc_engine *engine)
{
    const struct pc_course *course = pc_engine_course(engine);
    bool resuming = place->entry == 0;
    if (place->topic && next_in_topic(place, engine, resuming))
        return true;
    size_t i = place->topic ? (size_t)(place->topic - course->topics) + 1 : 0;
    for (; i < course->n_topics; i++) {
        struct pc_stop at = {.topic = &course->topics[i]};
        if (next_in_topic(&at, engine, true)) {
            *place = at;
            return true;
        }
    }
    return false;
}

bool pc_stop_previous(struct pc_stop *place)
{
    if (place->entry < 2)
        return false;
    place->entry--;
    return true;
}

bool pc_stop_up(struct pc_stop *place)
{
    if (!place->topic)
        return false;
    if (place->entry > 0)
        place->entry = 0;
    else
        place->topic = NULL;
    return true;
}

/* "3" is an entry of the topic that is open; "07" never is. */
static bool open_entry(struct pc_stop *place, const char *word)
{
    char *end;
    if (!place->topic || !isdigit((unsigned char)*word) || *word == '0')
        return false;
    unsigned long n = strtoul(word, &end, 10);
    if (*end || n > count_entries(place->topic))
        return false;
    place->entry = n;
    return true;
}

/* An experiment of the topic that is open, or its cards. */
static bool open_by_name(struct pc_stop *place, const char *word)
{
    const struct pc_topic *topic = place->topic;
    if (!topic)
        return false;
    if (strcmp(word, "cards") == 0 && topic->n_cards > 0) {
        place->entry = count_entries(topic);
        return true;
    }
    struct pc_err ignored;
    const struct pc_experiment *x = pc_topic_experiment(topic, word, &ignored);
    if (!x)
        return false;
    place->entry = 1 + topic->n_pages + (size_t)(x - topic->experiments);
    return true;
}

bool pc_stop_open(struct pc_stop *place, struct pc_engine *engine, const char *word,
                  struct pc_err *err)
{
    if (open_entry(place, word))
        return true;
    const struct pc_course *course = pc_engine_course(engine);
    const struct pc_topic *topic = pc_course_topic(course, word, NULL);
    const struct pc_exercise **chosen = NULL;
    size_t n = 0;
    bool ok = pc_course_choose(course, word, &chosen, &n, err);
    if (topic && (ok || topic->n_exercises == 0)) {
        *place = pc_stop_of_topic(topic);
        ok = true;
    } else if (ok) {
        *place = pc_stop_of_exercise(chosen[0]);
    } else {
        ok = open_by_name(place, word);
    }
    free(chosen);
    return ok;
}
