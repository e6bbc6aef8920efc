#include "model/course.h"

#include <stdio.h>
#include <stdlib.h>

static void free_texts(char **texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(texts[i]);
    free(texts);
}

static void exercise_fini(struct pc_exercise *e)
{
    free_texts(e->hints, e->n_hints);
    free(e->name);
    free(e->title);
    free(e->story);
    free(e->afterword);
}

static void experiment_fini(struct pc_experiment *x)
{
    free_texts(x->needs, x->n_needs);
    free(x->name);
    free(x->title);
    free(x->question);
    free(x->x);
    free(x->y);
    free(x->unit);
}

static void card_fini(struct pc_card *card)
{
    free_texts(card->choices, card->n_choices);
    free(card->name);
    free(card->key);
    free(card->question);
    free(card->answer);
    free(card->why);
    free(card->proof);
}

void pc_topic_fini(struct pc_topic *topic)
{
    for (size_t i = 0; i < topic->n_exercises; i++)
        exercise_fini(&topic->exercises[i]);
    for (size_t i = 0; i < topic->n_pages; i++) {
        free(topic->pages[i].file);
        free(topic->pages[i].title);
        free(topic->pages[i].key);
    }
    for (size_t i = 0; i < topic->n_experiments; i++)
        experiment_fini(&topic->experiments[i]);
    for (size_t i = 0; i < topic->n_cards; i++)
        card_fini(&topic->cards[i]);
    free_texts(topic->essence, topic->n_essence);
    free(topic->exercises);
    free(topic->pages);
    free(topic->experiments);
    free(topic->cards);
    free(topic->folder);
    free(topic->title);
    *topic = (struct pc_topic){0};
}

void pc_course_fini(struct pc_course *course)
{
    for (size_t i = 0; i < course->n_topics; i++)
        pc_topic_fini(&course->topics[i]);
    free(course->topics);
    free(course->dir);
    free(course->pack);
    *course = (struct pc_course){0};
}

const char *pc_exercise_id(const struct pc_exercise *exercise, char id[16])
{
    snprintf(id, 16, "%02d.%d", exercise->topic->number % 100, exercise->number % 100000);
    return id;
}
