/*
 * What a check has told so far: its events, kept.
 */
#ifndef PC_MODEL_RESULT_H
#define PC_MODEL_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

/* Parts that have not come yet are as in a new struct; `seen` tells which have. */
struct pc_result {
    const struct pc_exercise *exercise;
    enum pc_event_kind phase; /* of the latest event */
    struct {
        bool build, tests, counts, speed, growth, tails, hotspot, verdict, record;
    } seen;
    struct pc_build build;
    struct pc_tests tests;
    struct pc_counts counts;
    struct pc_speed speed;
    struct pc_growth growth;
    struct pc_tails tails;
    struct pc_hotspot hotspot;
    struct pc_verdict verdict;
    struct pc_record record;
    struct {
        double *items; /* the speed-up as it was known after each restart */
        size_t n, cap;
    } trail;
    char content[PC_CONTENT_HEX];
    int64_t wall_ns; /* since the check began, at the latest event */
    int64_t when;    /* of the verdict */
    uint64_t seed;
};

/* Add what an event tells; the first one of a check begins anew.  `when` is the time in
 * milliseconds since 1970. */
void pc_result_add(struct pc_result *result, const struct pc_event *event, int64_t when);

/* The line of the learner's file that is worth looking at first: of the first error, of a
 * crash, or where most of what a limit was missed by comes from; 0 when there is none. */
int pc_result_line(const struct pc_result *result);

/* Frees what it holds and leaves it empty. */
void pc_result_fini(struct pc_result *result);

#endif
