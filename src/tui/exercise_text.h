/*
 * An exercise as Markdown: its story, its goals, where it stands, and the hints seen.
 */
#ifndef PC_TUI_EXERCISE_TEXT_H
#define PC_TUI_EXERCISE_TEXT_H

#include <stdbool.h>

#include "base/str.h"
#include "model/attempt.h"
#include "model/course.h"
#include "model/metric.h"

struct pc_exercise_facts {
    const struct pc_exercise *exercise;
    const struct pc_limits *limits;
    const char *kernel; /* the path of the learner's file */
    bool edited;        /* it is not the starter any more */
    bool only_asked;    /* saves start no check */
    struct pc_status status;
    struct pc_attempts history; /* the latest attempts, newest first */
    int hints;                  /* how many are shown */
};

/* Names, messages and texts that are not ours are taken literally. */
void pc_exercise_text(struct pc_str *out, const struct pc_exercise_facts *facts);

#endif
