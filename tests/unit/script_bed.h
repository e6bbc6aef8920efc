/*
 * Experiments for tests: a lesson in a temporary folder, run to its end.
 */
#ifndef SCRIPT_BED_H
#define SCRIPT_BED_H

#include "model/course.h"
#include "script/run.h"

/* A course of one topic with one experiment, t. */
struct bed_place {
    char dir[32];
    char *file;
    struct pc_course course;
    struct pc_topic topic;
    struct pc_experiment experiment;
};

/* For cmocka_run_group_tests(). */
int bed_make_place(void **state);
int bed_remove_place(void **state);

/* A run of the lesson `source`, as pc_lesson_run_create() has it. */
struct pc_lesson_run *bed_create(const struct bed_place *place, const char *source,
                                 struct pc_err *err);

/* A lesson whose experiment does `body`, which begins on line 2.  The caller owns it. */
char *bed_lesson(const char *body);

/* Run a source to its end: all requests in words, then "done" or the error.  A pack's
 * experiment, behind messages, must ask for the same and fail in the same words.  The caller
 * owns the text. */
char *bed_play(const struct bed_place *place, const char *source);

struct bed_row {
    const char *body, *expected;
};
void bed_assert_rows(const struct bed_place *place, const struct bed_row *rows, size_t n);

#endif
