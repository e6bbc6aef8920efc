/*
 * What the engine tells while a check runs: read-only, valid during the call.
 */
#ifndef PC_MODEL_EVENT_H
#define PC_MODEL_EVENT_H

#include "model/attempt.h"
#include "model/course.h"
#include "model/hotspot.h"
#include "model/verdict.h"

enum pc_event_kind {
    PC_EVENT_PROVING,  /* the planted faults are tried first, once per toolchain */
    PC_EVENT_BUILDING, /* compiler processes run */
    PC_EVENT_BUILT,    /* `build` is there, good or bad */
    PC_EVENT_TESTED,   /* `tests` */
    PC_EVENT_COUNTED,  /* `counts` */
    PC_EVENT_TIMING,   /* `speed` so far, after each restart */
    PC_EVENT_TIMED,    /* `speed` at its end */
    PC_EVENT_GROWING,  /* `growth` so far, after each round; then at its end */
    PC_EVENT_TAILS,    /* `tails` so far, after each restart; then at its end */
    PC_EVENT_VERDICT,  /* `verdict`; the last event of a check */
};

struct pc_event {
    enum pc_event_kind kind;
    const struct pc_exercise *exercise;
    const char *kernel;  /* what is judged: a path, "the starter" or "the reference" */
    const char *content; /* hash of the text that is judged, 32 hex digits */
    const struct pc_limits *limits;
    const struct pc_build *build;
    const struct pc_tests *tests;
    const struct pc_counts *counts;
    const struct pc_speed *speed;
    const struct pc_growth *growth;
    const struct pc_tails *tails;
    const struct pc_hotspot *hotspot; /* once the starter was profiled */
    const struct pc_verdict *verdict;
    /* What the verdict changed in the learner's progress; NULL when it was not kept. */
    const struct pc_record *record;
    int64_t wall_ns; /* since the check began */
    uint64_t seed;
};

/* Whether it is the first event of a check; one of a check that is proved first has two. */
static inline bool pc_event_begins(const struct pc_event *event)
{
    return event->kind == PC_EVENT_PROVING || event->kind == PC_EVENT_BUILDING;
}

#endif
