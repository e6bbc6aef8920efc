/*
 * What the events of an experiment have told so far: points, slopes, predictions, notes.
 *
 * A zeroed struct is an experiment of which nothing is known yet.
 */
#ifndef PC_TUI_EXPERIMENT_STATE_H
#define PC_TUI_EXPERIMENT_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/words.h"
#include "model/experiment.h"

enum pc_experiment_phase {
    PC_EXPERIMENT_PREPARING, /* nothing was told yet */
    PC_EXPERIMENT_RUNNING,
    PC_EXPERIMENT_ASKING, /* the last prediction waits for an answer */
    PC_EXPERIMENT_COMPLETE,
    PC_EXPERIMENT_FAILED,
    PC_EXPERIMENT_CANCELLED,
};

struct pc_measured {
    double x, y, low, high; /* low, high: NAN when not known */
};

/* The points of one line of the plot, and their slope once it was told. */
struct pc_line_of_points {
    char *name;
    struct pc_measured *items;
    size_t n, cap;
    size_t n_fitted; /* points that the slope was taken from; 0: no slope yet */
    double slope, slope_low, slope_high;
};

/* As the lesson shows it; `shown` points to the rest. */
struct pc_seen_profile {
    struct pc_kept_profile *kept;
    char *title;
    struct pc_shown_profile shown;
};

struct pc_asked {
    char *question, *why; /* why: NULL as long as there is no reason */
    struct pc_words choices;
    size_t chosen, right; /* from 1; 0: not said, not known */
    unsigned rights;      /* bit k: choice k + 1 is right */
    double value;         /* what was measured, or NAN */
    char *first;          /* the answer of an earlier run, which is the one that counts */
    bool first_right;
};

struct pc_experiment_state {
    enum pc_experiment_phase phase;
    char *working; /* what is being measured, or why it ended, or NULL */
    struct {
        struct pc_line_of_points *items;
        size_t n, cap;
    } series;
    struct {
        struct pc_asked *items;
        size_t n, cap;
    } asked;
    struct {
        struct pc_seen_profile *items;
        size_t n, cap;
    } profiles;
    struct pc_words notes;
    size_t n_points; /* of all series */
    int64_t wall_ns;
};

void pc_experiment_state_event(struct pc_experiment_state *state,
                               const struct pc_experiment_event *event);

/* The last question was answered in an earlier run already. */
void pc_experiment_state_first(struct pc_experiment_state *state, const char *answer,
                               bool right);

/* The learner has answered the last question, from 1, or passed it, 0. */
void pc_experiment_state_answer(struct pc_experiment_state *state, size_t choice);

/* It was stopped; what it found stays. */
void pc_experiment_state_cancel(struct pc_experiment_state *state);

/* The question that waits for an answer, or NULL. */
const struct pc_asked *
pc_experiment_state_question(const struct pc_experiment_state *state);

/* Whether it can be cancelled: it has begun and not ended. */
bool pc_experiment_state_is_live(const struct pc_experiment_state *state);

/* Different x of all points, ascending; the caller frees them. */
double *pc_experiment_state_xs(const struct pc_experiment_state *state, size_t *n);

void pc_experiment_state_fini(struct pc_experiment_state *state);

#endif
