/*
 * What the engine tells while an experiment runs: read-only, valid during the call.
 */
#ifndef PC_MODEL_EXPERIMENT_H
#define PC_MODEL_EXPERIMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/course.h"
#include "model/profiled.h"

enum pc_experiment_event_kind {
    PC_EXPERIMENT_STARTED,
    PC_EXPERIMENT_PREDICT, /* waits for pc_experiment_answer() */
    PC_EXPERIMENT_SCORED,  /* what is right about a prediction is known now */
    PC_EXPERIMENT_WORKING, /* a build or a measurement begins: `text` says which */
    PC_EXPERIMENT_POINT,   /* a new point of `series` */
    PC_EXPERIMENT_SLOPE,   /* of `series`: value, low and high of the exponent */
    PC_EXPERIMENT_NOTE,    /* `text` */
    PC_EXPERIMENT_PROFILE, /* `profile` is to be seen */
    PC_EXPERIMENT_DONE,    /* the last event; `text` is what failed, or NULL */
};

/* A prediction: a question before the answer is seen. */
struct pc_question {
    size_t number; /* from 1 */
    const char *question;
    const char *const *choices;
    size_t n_choices;
    size_t chosen; /* from 1; 0: the learner did not say */
    size_t right; /* from 1; 0: not known yet.  Of several the chosen one, if it is right */
    unsigned rights; /* bit k: choice k + 1 is right; several where they tie */
    double value;    /* what was found, NAN when the right choice has no number */
    const char *why; /* may be NULL */
};

/* A profile, and how the lesson wants it to be seen. */
struct pc_shown_profile {
    const struct pc_profiled *found;
    const char *title;                   /* may be NULL */
    size_t rows, lines;                  /* functions and lines at most */
    bool tree;                           /* also who calls whom */
    bool by_total, by_bytes, everything; /* as it was asked for */
};

struct pc_experiment_event {
    enum pc_experiment_event_kind kind;
    const struct pc_topic *topic;
    const struct pc_experiment *experiment;
    uint64_t seed;
    int64_t wall_ns; /* since it began */
    const char *text;
    const struct pc_question *prediction;   /* PREDICT, SCORED */
    const struct pc_shown_profile *profile; /* PROFILE */
    const char *series;                     /* POINT, SLOPE */
    size_t series_index; /* its number from 0, in the order they appeared */
    double x, y;         /* POINT */
    double value;        /* SLOPE */
    double low, high;    /* of y or value; NAN: not known */
    size_t n_points;     /* SLOPE: how many points it is taken from */
    enum pc_code code;   /* DONE: PC_PASSED or why not */
};

#endif
