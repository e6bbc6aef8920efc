#include "tui/experiment_state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void set_working(struct pc_experiment_state *state, const char *text)
{
    free(state->working);
    state->working = text ? pc_strdup(text) : NULL;
}

static struct pc_line_of_points *series_of(struct pc_experiment_state *state,
                                           const struct pc_experiment_event *event)
{
    for (size_t i = 0; i < state->series.n; i++)
        if (strcmp(state->series.items[i].name, event->series) == 0)
            return &state->series.items[i];
    struct pc_line_of_points *series = PC_PUSH(&state->series);
    series->name = pc_strdup(event->series);
    return series;
}

static void add_point(struct pc_experiment_state *state,
                      const struct pc_experiment_event *event)
{
    *PC_PUSH(series_of(state, event)) = (struct pc_measured){
        .x = event->x, .y = event->y, .low = event->low, .high = event->high};
    state->n_points++;
}

static void set_slope(struct pc_experiment_state *state,
                      const struct pc_experiment_event *event)
{
    struct pc_line_of_points *series = series_of(state, event);
    series->n_fitted = event->n_points;
    series->slope = event->value;
    series->slope_low = event->low;
    series->slope_high = event->high;
}

static void ask(struct pc_experiment_state *state, const struct pc_question *question)
{
    struct pc_asked *asked = PC_PUSH(&state->asked);
    asked->question = pc_strdup(question->question);
    asked->value = NAN;
    for (size_t i = 0; i < question->n_choices; i++)
        pc_words_add(&asked->choices, question->choices[i]);
}

static void score(struct pc_experiment_state *state, const struct pc_question *question)
{
    if (question->number < 1 || question->number > state->asked.n)
        return;
    struct pc_asked *asked = &state->asked.items[question->number - 1];
    asked->chosen = question->chosen;
    asked->right = question->right;
    asked->rights = question->rights;
    asked->value = question->value;
    free(asked->why);
    asked->why = question->why ? pc_strdup(question->why) : NULL;
}

static void add_profile(struct pc_experiment_state *state,
                        const struct pc_shown_profile *shown)
{
    struct pc_seen_profile *seen = PC_PUSH(&state->profiles);
    seen->kept = pc_kept_profile_create(shown->found);
    seen->title = shown->title ? pc_strdup(shown->title) : NULL;
    seen->shown = *shown;
    seen->shown.found = &seen->kept->found;
    seen->shown.title = seen->title;
}

void pc_experiment_state_event(struct pc_experiment_state *state,
                               const struct pc_experiment_event *event)
{
    state->wall_ns = event->wall_ns;
    state->phase = PC_EXPERIMENT_RUNNING;
    switch (event->kind) {
    case PC_EXPERIMENT_STARTED:
        break;
    case PC_EXPERIMENT_PREDICT:
        ask(state, event->prediction);
        set_working(state, NULL);
        state->phase = PC_EXPERIMENT_ASKING;
        break;
    case PC_EXPERIMENT_SCORED:
        score(state, event->prediction);
        break;
    case PC_EXPERIMENT_WORKING:
        set_working(state, event->text);
        break;
    case PC_EXPERIMENT_POINT:
        add_point(state, event);
        break;
    case PC_EXPERIMENT_SLOPE:
        set_slope(state, event);
        break;
    case PC_EXPERIMENT_NOTE:
        pc_words_add(&state->notes, event->text);
        break;
    case PC_EXPERIMENT_PROFILE:
        add_profile(state, event->profile);
        break;
    case PC_EXPERIMENT_DONE:
        set_working(state, event->text);
        state->phase = event->text ? PC_EXPERIMENT_FAILED : PC_EXPERIMENT_COMPLETE;
        break;
    }
}

void pc_experiment_state_first(struct pc_experiment_state *state, const char *answer,
                               bool right)
{
    struct pc_asked *asked = &state->asked.items[state->asked.n - 1];
    free(asked->first);
    asked->first = pc_strdup(answer);
    asked->first_right = right;
}

void pc_experiment_state_answer(struct pc_experiment_state *state, size_t choice)
{
    state->asked.items[state->asked.n - 1].chosen = choice;
    state->phase = PC_EXPERIMENT_RUNNING;
}

void pc_experiment_state_cancel(struct pc_experiment_state *state)
{
    set_working(state, NULL);
    state->phase = PC_EXPERIMENT_CANCELLED;
}

const struct pc_asked *pc_experiment_state_question(const struct pc_experiment_state *state)
{
    return state->phase == PC_EXPERIMENT_ASKING ? &state->asked.items[state->asked.n - 1]
                                                : NULL;
}

bool pc_experiment_state_is_live(const struct pc_experiment_state *state)
{
    return state->phase <= PC_EXPERIMENT_ASKING;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double *pc_experiment_state_xs(const struct pc_experiment_state *state, size_t *n)
{
    double *xs = pc_alloc_array(state->n_points + 1, sizeof *xs);
    size_t all = 0;
    for (size_t i = 0; i < state->series.n; i++)
        for (size_t k = 0; k < state->series.items[i].n; k++)
            xs[all++] = state->series.items[i].items[k].x;
    qsort(xs, all, sizeof *xs, by_value);
    *n = 0;
    for (size_t i = 0; i < all; i++)
        if (*n == 0 || xs[i] > xs[*n - 1])
            xs[(*n)++] = xs[i];
    return xs;
}

void pc_experiment_state_fini(struct pc_experiment_state *state)
{
    for (size_t i = 0; i < state->series.n; i++) {
        free(state->series.items[i].name);
        free(state->series.items[i].items);
    }
    for (size_t i = 0; i < state->asked.n; i++) {
        struct pc_asked *asked = &state->asked.items[i];
        free(asked->question);
        free(asked->why);
        free(asked->first);
        pc_words_fini(&asked->choices);
    }
    for (size_t i = 0; i < state->profiles.n; i++) {
        pc_kept_profile_free(state->profiles.items[i].kept);
        free(state->profiles.items[i].title);
    }
    free(state->profiles.items);
    free(state->series.items);
    free(state->asked.items);
    free(state->working);
    pc_words_fini(&state->notes);
    *state = (struct pc_experiment_state){0};
}
