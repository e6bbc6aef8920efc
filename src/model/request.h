/*
 * What the script of an experiment asks for, one thing at a time, and what it is answered.
 *
 * A script is a coroutine: each verb that takes time, or that somebody else must see, is a
 * request; the script goes on when its answer is there.
 */
#ifndef PC_MODEL_REQUEST_H
#define PC_MODEL_REQUEST_H

#include <stddef.h>
#include <stdint.h>

#include "model/metric.h"
#include "model/profile.h"

struct pc_profiled;
struct pc_value;

/* Choices of one prediction; predictions and profiles of one run. */
enum { PC_CHOICES_MAX = 6, PC_PREDICTIONS_MAX = 16, PC_PROFILES_MAX = 16 };

enum pc_request_kind {
    PC_REQUEST_MEASURE, /* time a bench */
    PC_REQUEST_COUNT,   /* count its allocations */
    PC_REQUEST_LATENCY, /* time its operations one by one */
    PC_REQUEST_ESCAPE,  /* which of its allocations are left when it is compiled? */
    PC_REQUEST_PROFILE, /* where does it spend its time, or allocate? */
    PC_REQUEST_PREDICT, /* what does the learner expect? */
    PC_REQUEST_ANSWER,  /* what is right about a prediction */
    PC_REQUEST_POINT,   /* of the plot */
    PC_REQUEST_SLOPE,   /* of a series so far */
    PC_REQUEST_NOTE,    /* a sentence for the learner */
    PC_REQUEST_SHOW,    /* a profile, as a table */
};

/* One request; only the members of its kind are set.  The texts belong to who asks. */
struct pc_request {
    enum pc_request_kind kind;
    int line; /* of lesson.lua, where it was asked */

    /* MEASURE, COUNT, LATENCY, ESCAPE, PROFILE */
    const char *file;  /* below the topic's folder: "experiments/append.c" */
    const char *bench; /* "": the only one */
    size_t size;
    int64_t budget_ms; /* 0: the usual one */
    uint32_t ops; /* COUNT, LATENCY, PROFILE: how many operations; 0: the usual number */
    bool calls;   /* COUNT: system calls, too */
    const char *const *code; /* COUNT: metrics of the compiled code, "sizeof.node" */
    size_t n_code;
    const char *cc; /* ESCAPE: "gcc" or "clang"; NULL: the one that is used */

    /* PROFILE, SHOW.  Profiles are numbered from 1 in the order they are asked for. */
    size_t profile;
    enum pc_profile_kind profile_kind;
    bool by_total;      /* rank by what functions take with all that they call */
    bool by_bytes;      /* of allocations, not by their number */
    bool everything;    /* libraries are not folded into their callers */
    size_t rows, lines; /* SHOW: functions and lines at most */
    bool tree;          /* SHOW: also who calls whom */

    /* PREDICT, ANSWER.  Predictions are numbered from 1 in the order they are asked. */
    size_t prediction;
    const char *question;
    const char *const *choices;
    size_t n_choices;
    size_t right;    /* the right choice, from 1; 0: it is not known yet */
    unsigned rights; /* bit k: choice k + 1 is right, too; several where they tie */
    double value;    /* ANSWER: what was found, NAN when the choices are no numbers */

    /* POINT, SLOPE */
    const char *series;
    double x, y, low, high; /* low, high: an interval of y; NAN: not known */
    size_t last;            /* SLOPE: of so many points at the end; 0: of all */

    const char *text; /* NOTE; PREDICT: why it is so, or NULL; SHOW: a title, or NULL */
};

/* What becomes of the allocations of each function that has any. */
struct pc_fates {
    struct pc_function_fate {
        const char *function;
        const char *fate; /* as pc_fate_name() has it */
    } * items;
    size_t n, cap;
};

/* What comes back.  `trouble` is raised as an error where the request was made. */
struct pc_answer {
    const char *trouble;              /* NULL: none */
    double value, low, high;          /* MEASURE: ns per operation; SLOPE */
    size_t choice;                    /* PREDICT: from 1; 0: the learner did not say */
    const struct pc_metrics *metrics; /* COUNT: per operation; LATENCY */
    const struct pc_fates *fates;     /* ESCAPE; NULL: the compiler is not here */
    const struct pc_value *table; /* PROFILE: as the script gets it (script/findings.h) */
    const struct pc_profiled *found; /* PROFILE: and as it was taken */
};

#endif
