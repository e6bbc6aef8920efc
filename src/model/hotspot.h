/*
 * "Which function takes most of the starter's time?": the answer that a kernel holds, and
 * what a profile says about it.
 */
#ifndef PC_MODEL_HOTSPOT_H
#define PC_MODEL_HOTSPOT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/verdict.h"

enum pc_answer_kind {
    PC_ANSWER_MISSING,    /* the kernel has no such constant */
    PC_ANSWER_EMPTY,      /* nothing is named yet */
    PC_ANSWER_UNREADABLE, /* it is no name that a function can have */
    PC_ANSWER_NAME
};

/* A function's own part of the samples with its 95 % interval, all from 0 to 1. */
struct pc_hotspot_share {
    char function[64];
    double part, low, high;
};

struct pc_hotspot {
    char constant[32]; /* that holds the answer */
    enum pc_answer_kind kind;
    char answer[64]; /* in harmless characters */
    bool measured;   /* the starter was profiled, with samples enough; only for a name */
    bool is_known;   /* the starter has such a function */
    char near[96];   /* of one that it does not have: "a or b", which it has; may be "" */
    bool is_first;   /* it takes most, or nobody can tell it from the one that does */
    bool is_settled; /* which of it and its rival takes more is certain */
    struct pc_hotspot_share named;
    struct pc_hotspot_share rival; /* the greatest besides the one that is named */
    uint64_t samples;
    int64_t wall_ns;
    struct pc_crash crash; /* of the starter: a broken course */
};

#endif
