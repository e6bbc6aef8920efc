/*
 * One exercise and what a check of it found, for the tests of reports.
 */
#ifndef TESTS_UNIT_REPORT_SCENE_H
#define TESTS_UNIT_REPORT_SCENE_H

#include "model/event.h"

/* The parts point to each other: a scene stays where it was set up, and nothing is freed. */
struct scene {
    struct pc_topic topic;
    struct pc_exercise exercises[2];
    struct pc_build build;
    struct pc_diagnostic diagnostics[5];
    struct pc_tests tests;
    struct pc_failure failures[5];
    struct pc_counts counts;
    struct pc_speed speed;
    struct pc_growth growth;   /* without rounds it was not measured */
    struct pc_hotspot hotspot; /* without an answer nobody was asked */
    struct pc_verdict verdict;
};

/* Everything passed. */
void scene_init(struct scene *scene);

/* The others begin with a scene that was set up. */
void scene_misses_a_limit(struct scene *scene);
void scene_does_not_build(struct scene *scene);
void scene_fails_tests(struct scene *scene);
void scene_crashes(struct scene *scene);

/* An event of this kind; it holds what a check has found by then. */
struct pc_event scene_event(struct scene *scene, enum pc_event_kind kind);

#endif
